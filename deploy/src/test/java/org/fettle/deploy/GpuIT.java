package org.fettle.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Studies on executors in other processes, which have GPUs as far as Spark knows. */
@Timeout(300)
class GpuIT {

  /**
   * Ends only when as many trials as there are slots have begun, so that what the first ones were
   * assigned was assigned to all of them at once.
   */
  private static final String HOLDER =
      """
      import java.nio.file.*;
      import java.util.concurrent.locks.LockSupport;
      import java.util.stream.*;
      import org.fettle.executor.run.*;
      import org.fettle.search.study.Measurement;

      public final class Holder implements Objective {
        @Override
        public Measurement evaluate(TrialContext trial) throws Exception {
          Path folder = Path.of(trial.text("folder"));
          Files.createFile(folder.resolve(trial.trial() + ".begun"));
          long end = System.nanoTime() + 60_000_000_000L;
          long begun = 0;
          while (begun < trial.integer("together")) {
            if (System.nanoTime() > end) {
              throw new IllegalStateException("Only " + begun + " trials ran together");
            }
            LockSupport.parkNanos(5_000_000);
            try (Stream<Path> files = Files.list(folder)) {
              begun = files.count();
            }
          }
          return Measurement.of("loss", trial.devices().size());
        }
      }
      """;

  private static final Pattern PLACE =
      Pattern.compile("\"executor\":\"(\\d+)\",\"devices\":\\[([^]]*)]");

  @TempDir Path folder;
  private Installation fettle;
  private String jar;

  @BeforeEach
  void install() throws IOException {
    fettle = new Installation(folder);
    jar = fettle.jar("Holder", HOLDER);
  }

  @Test
  void trialsHaveTheGpusThatSparkAssignsThem() throws Exception {
    // Three cores and two GPUs an executor: GPUs bound the slots, and no two trials share one.
    assertThat(study("whole", 4, 3, 2, "1"))
        .containsExactlyInAnyOrder("0/\"0\"", "0/\"1\"", "1/\"0\"", "1/\"1\"");
    assertThat(study("halves", 4, 2, 1, "0.5"))
        .containsExactlyInAnyOrder("0/\"0\"", "0/\"0\"", "1/\"0\"", "1/\"0\"");
    assertThat(study("pairs", 2, 2, 2, "2"))
        .containsExactlyInAnyOrder("0/\"0\",\"1\"", "1/\"0\",\"1\"");
  }

  /** What the trials that ran together had, each such as {@code 0/"1"}: executor and addresses. */
  private List<String> study(String name, int slots, int cores, int gpus, String amount)
      throws Exception {
    Path begun = Files.createDirectory(folder.resolve(name + "-begun"));
    String job =
        fettle.write(
            name + ".yaml",
            """
            study: %s
            objective: Holder
            parameters: { folder: '%s', together: %d, x: { float: [0, 1] } }
            goal: { minimize: loss }
            search: { suggester: random, trials: %d }
            """
                .formatted(name, begun, slots, slots + 1));
    List<String> command =
        new ArrayList<>(
            List.of("run", job, "--jars", jar, "--master", "local-cluster[2," + cores + ",1024]"));
    for (String conf :
        List.of(
            // The study begins when both executors are there.
            "spark.cores.max=" + 2 * cores,
            "spark.scheduler.minRegisteredResourcesRatio=1",
            "spark.worker.resource.gpu.amount=" + gpus,
            "spark.worker.resource.gpu.discoveryScript="
                + Installation.HOME.resolve("bin/pretend-gpus"),
            "spark.executor.resource.gpu.amount=" + gpus,
            "spark.task.resource.gpu.amount=" + amount)) {
      command.addAll(List.of("--conf", conf));
    }
    fettle.run(command.toArray(String[]::new)).mustBe(0);
    List<String> journal = journal(folder.resolve("studies").resolve(name));
    assertThat(
            journal.stream()
                .takeWhile(line -> !line.contains("\"fold-ended\""))
                .filter(line -> line.contains("\"trial-started\"")))
        .as("trials that began before the first ended")
        .hasSize(slots);
    return journal.stream()
        .filter(line -> line.contains("\"fold-ended\"") && !line.contains("\"trial\":" + slots))
        .map(GpuIT::place)
        .toList();
  }

  private static String place(String line) {
    Matcher place = PLACE.matcher(line);
    assertThat(place.find()).as(line).isTrue();
    return place.group(1) + "/" + place.group(2);
  }

  private static List<String> journal(Path study) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> segments = Files.list(study.resolve("journal")).sorted()) {
      for (Path segment : (Iterable<Path>) segments::iterator) {
        if (segment.toString().endsWith(".jsonl")) {
          lines.addAll(Files.readAllLines(segment));
        }
      }
    }
    return lines;
  }
}
