package org.fettle.executor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.executor.NearestEngine;
import org.fettle.executor.NearestEngine.Fault;
import org.fettle.executor.Samples;
import org.fettle.executor.data.ExecutorCache;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.report.Reporter;
import org.fettle.executor.task.RunReport;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworkRunTest {

  @AfterEach
  void nothingIsLeftOpen() {
    Thread.interrupted();
    ExecutorCache.get().clear();
    assertThat(NearestEngine.OPEN_MODELS).hasValue(0);
    assertThat(NearestEngine.FOLDERS).allSatisfy(folder -> assertThat(folder).doesNotExist());
  }

  private static TaskResult run(Work work, StudyData data) {
    return new TrialRunner(1, Reporter.SILENT)
        .run(new TrialTask("network-run", 0, 7, work), Optional.of(data));
  }

  private static TaskResult train(Fault fault, StudyData data) {
    return run(new Work.Train(Samples.network(fault), 0, List.of()), data);
  }

  @Test
  void scoresAFoldByAllMetricsOfClasses() {
    TaskResult.Scored scored = (TaskResult.Scored) train(Fault.NONE, Samples.classes());
    assertThat(scored.measurement().values().keySet())
        .containsExactly(
            "accuracy",
            "balanced-accuracy",
            "precision",
            "recall",
            "f1",
            "matthews-corrcoef",
            "cohen-kappa",
            "log-loss",
            "brier-score",
            "roc-auc",
            "average-precision");
    assertThat(scored.measurement().value("accuracy")).isEqualTo(1);
    assertThat(scored.measurement().value("log-loss")).isCloseTo(0, within(1e-6));
    assertThat(scored.confusion()).isEqualTo(List.of(List.of(2L, 0L), List.of(0L, 2L)));
  }

  @Test
  void reportsAfterEachEpochWhatIsAskedFor() {
    List<RunReport> live = new ArrayList<>();
    Work.Train work =
        new Work.Train(
            Samples.network(Fault.NONE), 1, List.of(), List.of("accuracy", "training-time"));
    TaskResult.Scored scored =
        (TaskResult.Scored)
            new TrialRunner(1, live::add)
                .run(new TrialTask("epochs", 3, 7, work), Optional.of(Samples.classes()));

    assertThat(scored.reports()).isNotEmpty();
    assertThat(live).extracting(RunReport::report).isEqualTo(scored.reports());
    assertThat(live).extracting(RunReport::study).containsOnly("epochs");
    assertThat(live).extracting(RunReport::trial).containsOnly(3);
    for (int i = 0; i < scored.reports().size(); i++) {
      assertThat(scored.reports().get(i))
          .isEqualTo(
              new Report(
                  1, i + 1, Measurement.of("accuracy", scored.measurement().value("accuracy"))));
    }
  }

  @Test
  void measuresWhatIsAskedFor() {
    List<String> asked =
        List.of("inference-latency", "top-1-accuracy", "parameter-count", "f1", "training-time");
    TaskResult.Scored scored =
        (TaskResult.Scored)
            run(new Work.Train(Samples.network(Fault.NONE), 0, asked), Samples.classes());
    assertThat(scored.measurement().values()).containsKeys(asked.toArray(String[]::new));
    assertThat(scored.measurement().value("top-1-accuracy")).isEqualTo(1);
    assertThat(scored.measurement().value("parameter-count")).isEqualTo((3 + 1) * 4 + (4 + 1) * 2);
    assertThat(scored.measurement().value("training-time"))
        .isPositive()
        .isLessThan(scored.seconds());
    assertThat(scored.measurement().value("inference-latency")).isPositive();
  }

  @Test
  void scoresValuesInTheUnitsOfTheData() {
    TaskResult.Scored scored = (TaskResult.Scored) train(Fault.NONE, Samples.values());
    assertThat(scored.measurement().values().keySet())
        .containsExactly("mse", "rmse", "mae", "mape", "r2");
    // A neighbour of the same cluster is 1 to 5 away; scaled targets would be less than 0.01.
    assertThat(scored.measurement().value("mae")).isBetween(0.99, 5.01);
    assertThat(scored.measurement().value("rmse")).isBetween(0.99, 5.01);
    assertThat(scored.measurement().value("r2")).isBetween(0.99999, 1.0);
  }

  @Test
  void everyFoldHasItsOwnRows() {
    for (int fold = 0; fold < 3; fold++) {
      TaskResult result =
          run(new Work.Train(Samples.network(Fault.NONE), fold, List.of()), Samples.classes());
      assertThat(result).isInstanceOf(TaskResult.Scored.class);
    }
    TaskResult.Failed failed =
        (TaskResult.Failed)
            run(new Work.Train(Samples.network(Fault.NONE), 3, List.of()), Samples.classes());
    assertThat(failed.message())
        .isEqualTo("IllegalArgumentException: Fold must be from 0 to 2, but was 3");
  }

  @Test
  void aRunThatDivergesIsADivergence() {
    assertThat(train(Fault.DIVERGES, Samples.classes()))
        .isEqualTo(
            new TaskResult.Failed(FailureCode.DIVERGED, "Diverged in epoch 3: loss was NaN", ""));
  }

  @Test
  void predictionsThatAreNoNumbersAreADivergence() {
    for (StudyData data : List.of(Samples.classes(), Samples.values())) {
      assertThat(train(Fault.PREDICTS_NAN, data))
          .isEqualTo(
              new TaskResult.Failed(
                  FailureCode.DIVERGED, "Predictions must be finite, but were not", ""));
      ExecutorCache.get().clear();
    }
  }

  @Test
  void anEnginesExceptionIsAnEngineError() {
    TaskResult.Failed failed = (TaskResult.Failed) train(Fault.THROWS, Samples.classes());
    assertThat(failed.code()).isEqualTo(FailureCode.ENGINE_ERROR);
    assertThat(failed.message())
        .isEqualTo("IllegalStateException: Cannot train: a fault was asked for");
  }

  @Test
  void anEnginesLackOfMemoryIsSeenBehindWhatWrapsIt() {
    TaskResult.Failed failed = (TaskResult.Failed) train(Fault.MEMORY, Samples.classes());
    assertThat(failed.code()).isEqualTo(FailureCode.OUT_OF_MEMORY);
  }

  @Test
  void anInterruptedRunIsCancelled() {
    Thread.currentThread().interrupt();
    TaskResult.Failed failed = (TaskResult.Failed) train(Fault.NONE, Samples.classes());
    assertThat(failed.code()).isEqualTo(FailureCode.CANCELLED);
  }

  @Test
  void settingsThatAreNotKnownAreNamed() {
    Work.Network network =
        new Work.Network("nearest", Map.of(), "mlp", Map.of("hiden", List.of()), Map.of());
    TaskResult.Failed failed =
        (TaskResult.Failed) run(new Work.Train(network, 0, List.of()), Samples.classes());
    assertThat(failed.code()).isEqualTo(FailureCode.ENGINE_ERROR);
    assertThat(failed.message()).contains("hidden must be given", "hiden is not a setting");
  }

  @Test
  void enginesThatAreNotThereAreNamed() {
    Work.Network network = new Work.Network("furthest", Map.of(), "linear", Map.of(), Map.of());
    TaskResult.Failed failed =
        (TaskResult.Failed) run(new Work.Train(network, 0, List.of()), Samples.classes());
    assertThat(failed.message())
        .isEqualTo("IllegalArgumentException: Engine must be one of nearest, but was furthest");
  }

  @Test
  void refitReturnsTheFilesAndTheSchema() {
    TaskResult.Refitted refitted =
        (TaskResult.Refitted) run(new Work.Refit(Samples.network(Fault.NONE)), Samples.classes());
    assertThat(refitted.files()).containsOnlyKeys("model.zip");
    assertThat(new String(refitted.files().get("model.zip"), StandardCharsets.UTF_8))
        .isEqualTo("Scaling[3 features, target Optional.empty]");
    assertThat(refitted.schema())
        .isEqualTo(
            Map.of(
                "features",
                List.of(
                    Map.of("name", "x", "kind", "numeric", "missing", 55.5),
                    Map.of(
                        "name", "colour", "kind", "one-hot", "categories", List.of("red", "blue"))),
                "labels",
                List.of("near", "far")));
    assertThat(refitted.schema().keySet()).containsExactly("features", "labels");
  }

  @Test
  void aFolderIsRemovedAlsoWhenTheModelCannotBeSaved() {
    int before = NearestEngine.FOLDERS.size();
    TaskResult.Failed failed =
        (TaskResult.Failed)
            run(new Work.Refit(Samples.network(Fault.CANNOT_SAVE)), Samples.classes());
    assertThat(failed.message())
        .isEqualTo("IOException: Cannot write the model: a fault was asked for");
    assertThat(NearestEngine.FOLDERS).hasSize(before + 1);
  }
}
