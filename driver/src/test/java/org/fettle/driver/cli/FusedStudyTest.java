package org.fettle.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Studies whose engine takes several runs at once, on Spark. */
class FusedStudyTest extends CommandLineFixture {

  private static final String JOB =
      """
      study: corners
      seed: 3
      data: {source: corners.csv, target: side, task: classification}
      model: {template: mlp, hidden: [{choice: [2, 5]}]}
      engine: fusing
      training:
        epochs: 6
        batch-size: 8
        updater: {type: adam, learning-rate: {float: [0.001, 0.3], log: true}}
      validation: {folds: 3}
      goal: {maximize: accuracy}
      search: {suggester: random, trials: 9}
      """;

  @BeforeEach
  void data() throws IOException {
    FusingEngineProvider.JOBS.clear();
    StringBuilder text = new StringBuilder("x,z,side\n");
    for (int i = 0; i < 24; i++) {
      boolean right = i % 3 == 0;
      text.append("%d,%d,%s\n".formatted(i % 7, i % 5, right ? "right" : "left"));
    }
    write("corners.csv", text.toString());
  }

  private static Ended run(Path studies, String... settings) throws IOException {
    List<Object> command = new ArrayList<>();
    command.addAll(List.of("run", write("fused.yaml", JOB), "--output", studies));
    for (String setting : settings) {
      command.addAll(List.of("--set", setting));
    }
    Ended ended = fettle(command.toArray());
    assertThat(ended.status()).as("%s%n%s", ended.out(), ended.err()).isEqualTo(0);
    return ended;
  }

  /** What the journal says of each trial and fold; nothing that depends on time or place. */
  private static List<String> trials(Path studies) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<String> events = new ArrayList<>();
    try (Stream<Path> segments = Files.list(studies.resolve("corners/journal")).sorted()) {
      for (Path segment : (Iterable<Path>) segments::iterator) {
        if (segment.toString().endsWith(".jsonl")) {
          for (String line : Files.readAllLines(segment)) {
            JsonNode event = mapper.readTree(line);
            if (List.of("trial-started", "fold-ended", "trial-ended")
                .contains(event.path("event").asText())) {
              events.add(
                  "%s %s %s %s %s %s"
                      .formatted(
                          event.path("trial"),
                          event.path("event"),
                          event.path("fold"),
                          event.path("assignment"),
                          event.path("outcome"),
                          event.path("scores")));
            }
          }
        }
      }
    }
    return events.stream().sorted().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "4"})
  void trialsAndScoresAreThoseOfRunsByThemselves(String fuse) throws IOException {
    Path alone = temporary.resolve("alone" + fuse);
    Ended ended = run(alone, "search.fuse=1");
    assertThat(FusingEngineProvider.JOBS).containsOnly(1);
    assertThat(ended.out()).doesNotContain("one network");
    FusingEngineProvider.JOBS.clear();

    Path together = temporary.resolve("together" + fuse);
    ended = run(together, "search.fuse=" + fuse);

    assertThat(FusingEngineProvider.JOBS.stream().mapToInt(Integer::intValue).sum())
        .as("27 runs and the refit")
        .isEqualTo(28);
    assertThat(FusingEngineProvider.JOBS).anyMatch(runs -> runs > 2).allMatch(runs -> runs <= 16);
    assertThat(ended.out()).contains(" runs were trained as one network with others");
    assertThat(trials(together)).hasSize(9 + 27 + 9).isEqualTo(trials(alone));
  }
}
