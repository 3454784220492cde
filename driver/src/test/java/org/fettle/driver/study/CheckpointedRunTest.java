package org.fettle.driver.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.fettle.executor.data.Column;
import org.fettle.executor.data.ExecutorCache;
import org.fettle.executor.data.Folds;
import org.fettle.executor.data.Keys;
import org.fettle.executor.data.Splitter;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.data.Table;
import org.fettle.executor.report.Reporter;
import org.fettle.executor.run.TrialRunner;
import org.fettle.executor.task.Checkpointing;
import org.fettle.executor.task.RunPlace;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.engine.EngineProvider;
import org.fettle.search.settings.Provider;
import org.fettle.search.settings.Providers;
import org.fettle.search.study.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that break off and go on from the files that they left, with every engine that is here. */
class CheckpointedRunTest {

  @TempDir Path folder;

  static Stream<String> engines() {
    return Providers.all(EngineProvider.class).stream()
        .map(Provider::name)
        .filter(name -> !name.equals("nearest"));
  }

  @AfterEach
  void clear() {
    ExecutorCache.get().clear();
  }

  private static StudyData data() {
    SplittableRandom random = new SplittableRandom(5);
    double[] x = random.doubles(60, -1, 1).toArray();
    double[] z = random.doubles(60, -1, 1).toArray();
    float[] classes = new float[60];
    for (int row = 0; row < 60; row++) {
      classes[row] = x[row] * z[row] > 0 ? 1 : 0;
    }
    Table table =
        Table.classification(
            List.of(new Column.Numeric("x", x), new Column.Numeric("z", z)),
            List.of("apart", "alike"),
            classes);
    Splitter splitter = new Splitter.KFold(3, true);
    return new StudyData(
        table, Folds.of(splitter, new Keys(classes, new int[0]), 1, OptionalDouble.empty(), 7));
  }

  private static Work.Train work(String engine) {
    Work.Network network =
        new Work.Network(
            engine,
            Map.of(),
            "mlp",
            Map.of("hidden", List.of(6), "dropout", 0.2, "batch-normalisation", true),
            Map.of(
                "epochs",
                12,
                "batch-size",
                8,
                "updater",
                Map.of("type", "adam", "learning-rate", 0.05),
                "schedule",
                "cosine",
                "early-stopping",
                Map.of("type", "holdout", "metric", "accuracy", "patience", 99)));
    return new Work.Train(network, 1, List.of(), List.of("accuracy"), Work.Pace.EVERY_EPOCH);
  }

  private static TaskResult run(TrialTask task, Reporter reporter) {
    return new TrialRunner(1, RunPlace.UNKNOWN, reporter).run(task, Optional.of(data()));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aRunThatBreaksOffEndsAsIfItHadNot(String engine) throws Exception {
    Work.Train work = work(engine);
    TaskResult.Scored whole =
        (TaskResult.Scored) run(new TrialTask("whole", 4, 9, work), Reporter.SILENT);
    String own = "file:" + folder.resolve(engine);
    Checkpointing every = new Checkpointing(own, 3, 0, 2, Optional.empty());
    TrialTask task = new TrialTask("parts", 4, 9, work, Optional.of(every));

    for (int lost : new int[] {5, 11}) {
      TaskResult broken =
          run(
              task,
              (trial, report) -> {
                if (report.step() == lost) {
                  throw new IllegalStateException("The executor is lost");
                }
              });
      assertThat(broken).isInstanceOf(TaskResult.Failed.class);
    }
    List<Integer> epochs = new ArrayList<>();
    TaskResult.Scored rest =
        (TaskResult.Scored) run(task, (trial, report) -> epochs.add(report.step()));

    assertThat(epochs).as("epochs trained again").containsExactly(10, 11, 12);
    assertThat(rest.measurement()).isEqualTo(whole.measurement());
    assertThat(rest.reports()).isEqualTo(whole.reports());
    assertThat(rest.reports()).extracting(Report::step).hasSize(12);

    // The latest is damaged: the one before it will do.
    Files.write(folder.resolve(engine).resolve("000000009.checkpoint"), new byte[] {2});
    Files.deleteIfExists(folder.resolve(engine).resolve(".000000009.checkpoint.crc"));
    epochs.clear();
    TaskResult.Scored again =
        (TaskResult.Scored) run(task, (trial, report) -> epochs.add(report.step()));
    assertThat(epochs).first().isEqualTo(7);
    assertThat(again.measurement()).isEqualTo(whole.measurement());
  }
}
