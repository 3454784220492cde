package org.fettle.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fettle.deploy.Installation.Running;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two executors in other processes train one network, and one of them is killed. */
@Timeout(300)
class PlacementIT {

  private static final String DIGITS =
      """
      study: digits
      seed: 7
      data: { source: '%s', format: csv, target: target, task: classification }
      model: { template: mlp, hidden: [16], dropout: 0.1 }
      training:
        epochs: 8
        updater: { type: adam, learning-rate: { float: [1.0e-3, 1.0e-1], log: true } }
      placement: { type: cluster, workers: 2, every: 6, exchange: %s }
      validation: { holdout: 0.25 }
      goal: { maximize: accuracy }
      search: { suggester: random, trials: 2, parallel: 1 }
      checkpoint: { every-epochs: 1, every-minutes: 0 }
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"averaging", "gradients"})
  void aStudyEndsAsIfItsExecutorHadLived(String exchange) throws Exception {
    Installation fettle = new Installation(folder);
    String job = fettle.write("digits.yaml", DIGITS.formatted(digits(), exchange));
    Running running =
        fettle.start(
            Installation.HOME.resolve("bin/fettle"),
            "run",
            job,
            "--master",
            "local-cluster[2,1,1024]",
            "--output",
            "killed");
    Path checkpoints = folder.resolve("killed/digits/checkpoints/0/0");
    boolean killed = false;
    while (running.process().isAlive()) {
      if (!killed && hasFiles(checkpoints)) {
        killed = running.killExecutor();
      }
      running.process().waitFor(20, TimeUnit.MILLISECONDS);
    }
    running.waitFor().mustBe(0);
    assertThat(killed).isTrue();
    fettle.run("run", job, "--master", "local[2]", "--output", "calm").mustBe(0);

    Map<String, String> calm = Installation.scores(folder.resolve("calm/digits"));
    assertThat(calm).hasSize(2);
    assertThat(Installation.scores(folder.resolve("killed/digits"))).isEqualTo(calm);
    // Lost, preempted where its task had only just been sent, or made up for between two jobs.
    assertThat(Installation.journal(folder.resolve("killed/digits")))
        .doesNotContain("ENGINE_ERROR", "DRIVER_ERROR");
    assertThat(Installation.journal(folder.resolve("calm/digits")))
        .doesNotContain("run-failed")
        .contains("\"reported\"");
    fettle.run("predict", "killed/digits", "--input", digits(), "--output", "scored.csv").mustBe(0);
  }

  private static String digits() {
    return Installation.HOME.resolve("examples/data/digits.csv").toString();
  }

  private static boolean hasFiles(Path run) throws IOException {
    if (!Files.isDirectory(run)) {
      return false;
    }
    try (Stream<Path> files = Files.list(run)) {
      return files.anyMatch(file -> file.getFileName().toString().endsWith("2.checkpoint"));
    }
  }
}
