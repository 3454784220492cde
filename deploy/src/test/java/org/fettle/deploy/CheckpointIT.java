package org.fettle.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fettle.deploy.Installation.Running;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Executors are killed in the middle of a run, which goes on from its last checkpoint. */
@Timeout(300)
class CheckpointIT {

  /** Forty steps, a line in a file for each. At its 23rd it kills its executor, the first time. */
  private static final String STEPS =
      """
      import java.io.IOException;
      import java.nio.file.*;
      import java.util.concurrent.CountDownLatch;
      import org.fettle.executor.run.*;
      import org.fettle.search.study.Measurement;

      public final class Steps implements Objective {
        @Override
        public Measurement evaluate(TrialContext trial) throws Exception {
          Path folder = Path.of(trial.text("folder"), Long.toString(trial.integer("every")));
          Files.createDirectories(folder);
          int step = trial.restored().map(state -> (int) state[0]).orElse(0);
          while (step < 40) {
            step++;
            Files.writeString(
                folder.resolve("steps"), step + "\\n",
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            trial.report(step, Measurement.of("loss", 1.0 / step));
            if (trial.integer("every") > 0 && step % trial.integer("every") == 0) {
              trial.checkpoint(new byte[] {(byte) step});
            }
            if (step == 23 && Files.notExists(folder.resolve("killed"))) {
              Files.createFile(folder.resolve("killed"));
              String self = Long.toString(ProcessHandle.current().pid());
              new ProcessBuilder("kill", "-9", self).start();
              new CountDownLatch(1).await();
            }
          }
          return Measurement.of("loss", 1.0 / step);
        }
      }
      """;

  private static final String NETWORK =
      """
      study: network
      seed: 7
      data: { source: '%s', format: csv, target: species, task: classification }
      model: { template: mlp, hidden: [8], dropout: 0.2 }
      training: { epochs: 5000, batch-size: 8, l2: { float: [0.0001, 0.001] } }
      validation: { folds: 2 }
      goal: { minimize: log-loss }
      search: { suggester: random, trials: 1 }
      checkpoint: { every-epochs: 200, every-minutes: 0, keep: 2 }
      """
          .formatted(Installation.HOME.resolve("examples/data/iris.csv"));

  /** Three members of four generations, one after the other. */
  private static final String POPULATION =
      """
      study: population
      seed: 7
      data: { source: '%s', format: csv, target: species, task: classification }
      model: { template: mlp, hidden: [8] }
      training:
        epochs: 400
        batch-size: 8
        updater: { type: adam, learning-rate: { float: [1.0e-4, 1.0e-1], log: true } }
      validation: { holdout: 0.3 }
      goal: { minimize: log-loss }
      search: { suggester: { type: pbt, population: 3, generations: 4 }, parallel: 1 }
      """
          .formatted(Installation.HOME.resolve("examples/data/iris.csv"));

  @TempDir Path folder;
  private Installation fettle;

  @BeforeEach
  void install() {
    fettle = new Installation(folder);
  }

  @Test
  void fewerStepsAreTakenAgain() throws Exception {
    Path steps = Files.createDirectory(folder.resolve("steps"));
    String job =
        fettle.write(
            "steps.yaml",
            """
            study: steps
            objective: Steps
            parameters: { folder: '%s', every: { choice: [10, 0] } }
            goal: { minimize: loss }
            search: { suggester: grid, parallel: 1 }
            """
                .formatted(steps));
    String jar = fettle.jar("Steps", STEPS);

    fettle.run("run", job, "--jars", jar, "--master", "local-cluster[1,1,1024]").mustBe(0);

    assertThat(Files.readAllLines(steps.resolve("10/steps")))
        .as("steps with a checkpoint every ten")
        .hasSize(23 + 20);
    assertThat(Files.readAllLines(steps.resolve("0/steps")))
        .as("steps without checkpoints")
        .hasSize(23 + 40);
    assertThat(folder.resolve("studies/steps/checkpoints")).doesNotExist();
  }

  @Test
  void aNetworkEndsAsIfItsExecutorHadLived() throws Exception {
    String job = fettle.write("network.yaml", NETWORK);
    Running running =
        fettle.start(
            Installation.HOME.resolve("bin/fettle"),
            "run",
            job,
            "--master",
            "local-cluster[1,1,1024]",
            "--output",
            "killed");
    Path checkpoints = folder.resolve("killed/network/checkpoints");
    boolean killed = false;
    while (running.process().isAlive()) {
      if (!killed && hasCheckpointFrom(checkpoints, 1000)) {
        killed = running.killExecutor();
      }
      running.process().waitFor(20, TimeUnit.MILLISECONDS);
    }
    running.waitFor().mustBe(0);
    assertThat(killed).isTrue();
    assertThat(checkpoints).doesNotExist();
    fettle.run("run", job, "--master", "local[1]", "--output", "calm").mustBe(0);

    Map<String, String> calm = Installation.scores(folder.resolve("calm/network"));
    assertThat(calm).hasSize(2);
    assertThat(Installation.scores(folder.resolve("killed/network"))).isEqualTo(calm);
  }

  @Test
  void aPopulationGoesOnWhenItsDriverWasKilled() throws Exception {
    String job = fettle.write("population.yaml", POPULATION);
    Running running =
        fettle.start(
            Installation.HOME.resolve("bin/fettle"),
            "run",
            job,
            "--master",
            "local-cluster[1,1,1024]",
            "--output",
            "killed");
    Path study = folder.resolve("killed/population");
    while (running.process().isAlive() && ended(study) < 5) {
      running.process().waitFor(20, TimeUnit.MILLISECONDS);
    }
    running.process().descendants().forEach(ProcessHandle::destroyForcibly);
    running.process().destroyForcibly().waitFor();
    assertThat(ended(study)).as("runs that ended before the kill").isBetween(5, 11);

    fettle.run("resume", study.toString(), "--master", "local-cluster[1,1,1024]").mustBe(0);
    fettle.run("run", job, "--master", "local[1]", "--output", "calm").mustBe(0);

    Map<String, String> calm = Installation.scores(folder.resolve("calm/population"));
    assertThat(calm).hasSize(12);
    assertThat(Installation.scores(study)).isEqualTo(calm);
    assertThat(study.resolve("checkpoints")).doesNotExist();
  }

  private static int ended(Path study) throws IOException {
    return Files.isDirectory(study.resolve("journal")) ? Installation.scores(study).size() : 0;
  }

  private static boolean hasCheckpointFrom(Path checkpoints, int step) throws IOException {
    Path run = checkpoints.resolve("0/0");
    if (!Files.isDirectory(run)) {
      return false;
    }
    try (Stream<Path> files = Files.list(run)) {
      return files
          .map(file -> file.getFileName().toString())
          .anyMatch(
              name ->
                  name.matches("\\d+\\.checkpoint")
                      && Integer.parseInt(name.substring(0, 9)) >= step);
    }
  }
}
