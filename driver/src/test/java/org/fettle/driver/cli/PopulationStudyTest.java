package org.fettle.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A study by population based training, from the job file to the model. */
class PopulationStudyTest extends CommandLineFixture {

  private static final String JOB =
      """
      study: population
      seed: 3
      data: {source: corners.csv, target: side, task: classification}
      model: {template: mlp, hidden: [{int: [2, 4]}]}
      training:
        epochs: 7
        batch-size: 8
        updater: {type: adam, learning-rate: {float: [0.0001, 0.1], log: true}}
      validation: {folds: 2}
      goal: {minimize: log-loss}
      search: {suggester: {type: pbt, population: 3, generations: 3, truncation: 0.5}, parallel: 1}
      """;

  private static String data() {
    StringBuilder text = new StringBuilder("x,z,side\n");
    for (int i = 0; i < 24; i++) {
      boolean right = i % 2 == 0;
      text.append("%d,%d,%s\n".formatted((right ? 1000 : 0) + i, i % 5, right ? "right" : "left"));
    }
    return text.toString();
  }

  private static List<String> journal(Path study, String event) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> segments = Files.list(study.resolve("journal")).sorted()) {
      for (Path segment : (Iterable<Path>) segments::iterator) {
        if (segment.toString().endsWith(".jsonl")) {
          lines.addAll(Files.readAllLines(segment));
        }
      }
    }
    return lines.stream().filter(line -> line.contains("\"" + event + "\"")).toList();
  }

  @Test
  void membersGoOnFromTheEndsOfBetterOnes() throws IOException {
    write("corners.csv", data());
    Path job = write("population.yaml", JOB);
    Path study = temporary.resolve("studies/population");

    Ended ended = fettle("run", job, "--output", temporary.resolve("studies"));

    assertThat(ended.status()).as("%s%n%s", ended.out(), ended.err()).isEqualTo(0);
    assertThat(ended.out()).contains("9 trials: 9 completed").doesNotContain("No model");
    assertThat(study.resolve("model/model.zip")).isRegularFile();
    assertThat(study.resolve("checkpoints")).doesNotExist();
    List<String> started = journal(study, "trial-started");
    assertThat(started.subList(0, 3)).noneMatch(line -> line.contains("lineage"));
    assertThat(started.subList(3, 6)).allMatch(line -> line.contains("\"generation\":2"));
    assertThat(started.subList(6, 9)).allMatch(line -> line.contains("\"generation\":3"));
    // Epochs 1 to 2, 3 to 5 and 6 to 7, none of them twice.
    assertThat(steps(study, 0)).containsExactlyInAnyOrder(1, 1, 2, 2);
    assertThat(steps(study, 4)).containsExactlyInAnyOrder(3, 3, 4, 4, 5, 5);
    assertThat(steps(study, 8)).containsExactlyInAnyOrder(6, 6, 7, 7);
  }

  /** The epochs that the folds of a trial reported. */
  private static List<Integer> steps(Path study, int trial) throws IOException {
    List<Integer> steps = new ArrayList<>();
    Pattern step = Pattern.compile("\"step\":(\\d+)");
    for (String event : List.of("reported", "fold-ended")) {
      for (String line : journal(study, event)) {
        Matcher matcher = step.matcher(line);
        while (line.contains("\"trial\":" + trial + ",") && matcher.find()) {
          steps.add(Integer.parseInt(matcher.group(1)));
        }
      }
    }
    return steps;
  }
}
