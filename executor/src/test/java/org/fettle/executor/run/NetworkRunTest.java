package org.fettle.executor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.fettle.executor.NearestEngine;
import org.fettle.executor.NearestEngine.Fault;
import org.fettle.executor.Samples;
import org.fettle.executor.data.ExecutorCache;
import org.fettle.executor.data.Folds;
import org.fettle.executor.data.Keys;
import org.fettle.executor.data.PreparedFold;
import org.fettle.executor.data.Splitter;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.report.Reporter;
import org.fettle.executor.task.Checkpointing;
import org.fettle.executor.task.RunPlace;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkRunTest {

  @AfterEach
  void nothingIsLeftOpen() {
    NearestEngine.RUNS.clear();
    Thread.interrupted();
    ExecutorCache.get().clear();
    assertThat(NearestEngine.OPEN_MODELS).hasValue(0);
    assertThat(NearestEngine.FOLDERS).allSatisfy(folder -> assertThat(folder).doesNotExist());
  }

  private static TaskResult run(Work work, StudyData data) {
    return new TrialRunner(1, RunPlace.UNKNOWN, Reporter.SILENT)
        .run(new TrialTask("network-run", 0, 7, work), Optional.of(data));
  }

  private static TaskResult train(Fault fault, StudyData data) {
    return run(new Work.Train(Samples.network(fault), 0, List.of(), List.of()), data);
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
  void givesTheEngineTheDevicesOfTheTaskAndSaysWhereItWas() {
    RunPlace place = new RunPlace("node7", "3", List.of("2", "5"));
    Work work = new Work.Train(Samples.network(Fault.NONE), 0, List.of(), List.of());
    TaskResult.Scored scored =
        (TaskResult.Scored)
            new TrialRunner(4, place, Reporter.SILENT)
                .run(new TrialTask("devices", 0, 7, work), Optional.of(Samples.classes()));

    assertThat(scored.place()).isEqualTo(place);
    assertThat(NearestEngine.DEVICES).containsExactly("2", "5");
  }

  private static Work.Network network(int epochs) {
    Work.Network given = Samples.network(Fault.NONE);
    return new Work.Network(
        given.engine(),
        given.engineSettings(),
        given.template(),
        given.model(),
        Map.of("epochs", epochs));
  }

  @Test
  void followsTheLossesOfEveryEpochOfAShortRun() {
    TaskResult.Scored scored =
        (TaskResult.Scored)
            run(new Work.Train(network(3), 0, List.of(), List.of("mae")), Samples.values());
    assertThat(scored.reports()).extracting(Report::step).containsExactly(1, 2, 3);
    Measurement last = scored.reports().get(2).measurement();
    assertThat(last.values()).containsOnlyKeys("training-loss", "validation-loss", "mae");
    assertThat(last.value("training-loss")).isEqualTo(1.0 / 3);
    // In squared deviations of the training targets, which are some 2000; the metric in units.
    assertThat(last.value("validation-loss")).isBetween(1e-8, 1e-4);
    assertThat(last.value("mae")).isEqualTo(scored.measurement().value("mae"));
  }

  @Test
  void followsALongRunAtAboutTwentyFivePoints() {
    TaskResult.Scored scored =
        (TaskResult.Scored)
            run(new Work.Train(network(101), 0, List.of(), List.of()), Samples.classes());
    assertThat(scored.reports()).extracting(Report::step).startsWith(5, 10, 15).endsWith(100, 101);
    assertThat(scored.reports()).hasSize(21);
    assertThat(scored.reports().get(0).measurement().value("validation-loss"))
        .isEqualTo(scored.measurement().value("log-loss"));
  }

  @Test
  void goesOnFromItsLastCheckpointAndSaysTheSame(@TempDir Path folder) {
    Work.Train work = new Work.Train(network(20), 1, List.of(), List.of("accuracy"));
    TaskResult.Scored whole = (TaskResult.Scored) run(work, Samples.classes());
    String own = folder.toUri().toString();
    Checkpointing every = new Checkpointing(own, 6, 0, 2, Optional.empty());
    TrialTask task = new TrialTask("network-run", 0, 7, work, Optional.of(every));
    Reporter killer =
        (trial, report) -> {
          if (report.step() == 15) {
            throw new IllegalStateException("The executor is lost");
          }
        };
    new TrialRunner(1, RunPlace.UNKNOWN, killer).run(task, Optional.of(Samples.classes()));
    assertThat(folder.toFile().list((at, name) -> name.endsWith(".checkpoint")))
        .containsExactlyInAnyOrder("000000006.checkpoint", "000000012.checkpoint");

    List<Report> live = new ArrayList<>();
    TaskResult.Scored rest =
        (TaskResult.Scored)
            new TrialRunner(1, RunPlace.UNKNOWN, (trial, report) -> live.add(report))
                .run(task, Optional.of(Samples.classes()));

    assertThat(live).extracting(Report::step).startsWith(13).hasSize(8);
    assertThat(rest.reports()).isEqualTo(whole.reports());
    assertThat(rest.measurement()).isEqualTo(whole.measurement());
  }

  @Test
  void aGenerationGoesOnFromTheEndOfItsParent(@TempDir Path folder) {
    Work.Train first =
        new Work.Train(
            network(20), 1, List.of(), List.of(), Work.Pace.EVERY_EPOCH, OptionalInt.of(5));
    String parent = folder.resolve("0/1").toUri().toString();
    Checkpointing ofParent = new Checkpointing(parent, 0, 0, 1, Optional.empty());
    TaskResult.Scored one = scored(new TrialTask("s", 0, 7, first, Optional.of(ofParent)));
    assertThat(one.reports()).extracting(Report::step).containsExactly(1, 2, 3, 4, 5);
    Work.Train next =
        new Work.Train(
            network(20), 1, List.of(), List.of(), Work.Pace.EVERY_EPOCH, OptionalInt.of(8));
    String own = folder.resolve("1/1").toUri().toString();
    Checkpointing ofChild = new Checkpointing(own, 0, 0, 1, Optional.of(parent));
    TrialTask child = new TrialTask("s", 1, 8, next, Optional.of(ofChild));

    assertThat(scored(child).reports()).extracting(Report::step).containsExactly(6, 7, 8);
    // Its own end is there, but its result was lost: the generation is trained again.
    assertThat(scored(child).reports()).extracting(Report::step).containsExactly(6, 7, 8);

    String nowhere = folder.resolve("9/1").toUri().toString();
    Checkpointing orphan = new Checkpointing(own + "x", 0, 0, 1, Optional.of(nowhere));
    TaskResult.Failed failed =
        (TaskResult.Failed)
            new TrialRunner(1, RunPlace.UNKNOWN, Reporter.SILENT)
                .run(
                    new TrialTask("s", 2, 8, next, Optional.of(orphan)),
                    Optional.of(Samples.classes()));
    assertThat(failed.message())
        .isEqualTo("IOException: Cannot go on from " + nowhere + ": no good checkpoint there");
  }

  private static TaskResult.Scored scored(TrialTask task) {
    return (TaskResult.Scored)
        new TrialRunner(1, RunPlace.UNKNOWN, Reporter.SILENT)
            .run(task, Optional.of(Samples.classes()));
  }

  @Test
  void reportsEveryEpochToTheDriverWhenItIsToBePruned() {
    List<Report> live = new ArrayList<>();
    Set<Integer> trials = new TreeSet<>();
    Reporter reporter =
        (trial, report) -> {
          trials.add(trial);
          live.add(report);
        };
    Work.Train work =
        new Work.Train(network(101), 1, List.of(), List.of("accuracy"), Work.Pace.EVERY_EPOCH);
    TaskResult.Scored scored =
        (TaskResult.Scored)
            new TrialRunner(1, RunPlace.UNKNOWN, reporter)
                .run(new TrialTask("epochs", 3, 7, work), Optional.of(Samples.classes()));

    assertThat(scored.reports()).hasSize(101);
    assertThat(live).isEqualTo(scored.reports());
    assertThat(trials).containsExactly(3);
    assertThat(scored.reports()).extracting(Report::fold).containsOnly(1);
    assertThat(scored.reports().get(100).measurement().value("accuracy"))
        .isEqualTo(scored.measurement().value("accuracy"));
  }

  @Test
  void measuresWhatIsAskedFor() {
    List<String> asked =
        List.of("inference-latency", "top-1-accuracy", "parameter-count", "f1", "training-time");
    TaskResult.Scored scored =
        (TaskResult.Scored)
            run(
                new Work.Train(Samples.network(Fault.NONE), 0, asked, List.of()),
                Samples.classes());
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
          run(
              new Work.Train(Samples.network(Fault.NONE), fold, List.of(), List.of()),
              Samples.classes());
      assertThat(result).isInstanceOf(TaskResult.Scored.class);
    }
    TaskResult.Failed failed =
        (TaskResult.Failed)
            run(
                new Work.Train(Samples.network(Fault.NONE), 3, List.of(), List.of()),
                Samples.classes());
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
        (TaskResult.Failed)
            run(new Work.Train(network, 0, List.of(), List.of()), Samples.classes());
    assertThat(failed.code()).isEqualTo(FailureCode.ENGINE_ERROR);
    assertThat(failed.message()).contains("hidden must be given", "hiden is not a setting");
  }

  @Test
  void enginesThatAreNotThereAreNamed() {
    Work.Network network = new Work.Network("furthest", Map.of(), "linear", Map.of(), Map.of());
    TaskResult.Failed failed =
        (TaskResult.Failed)
            run(new Work.Train(network, 0, List.of(), List.of()), Samples.classes());
    assertThat(failed.message())
        .isEqualTo("IllegalArgumentException: Engine must be one of nearest, but was furthest");
  }

  private static Work.Network training(Map<String, Object> settings) {
    Work.Network network = Samples.network(Fault.NONE);
    return new Work.Network(
        network.engine(), network.engineSettings(), network.template(), network.model(), settings);
  }

  private static TrainingRun trained() {
    assertThat(NearestEngine.RUNS).hasSize(1);
    return NearestEngine.RUNS.iterator().next();
  }

  @Test
  void earlyStoppingWatchesRowsTakenFromTheTrainingRows() {
    Map<String, Object> stopping = Map.of("type", "holdout", "part", 0.25, "metric", "accuracy");
    Work.Network network = training(Map.of("early-stopping", stopping));
    TaskResult.Scored scored =
        (TaskResult.Scored)
            run(new Work.Train(network, 0, List.of(), List.of()), Samples.classes());
    assertThat(scored.measurement().value("best-epoch")).isEqualTo(1);
    assertThat(scored.measurement().value("epochs")).isEqualTo(20);
    TrainingRun run = trained();
    // Of the fold's eight training rows, one of each class.
    assertThat(run.training().rows()).isEqualTo(6);
    Examples held = run.validation().orElseThrow();
    assertThat(held.targets()).containsExactlyInAnyOrder(0, 1);
    PreparedFold fold = PreparedFold.of(Samples.classes(), 0);
    List<Float> all = new ArrayList<>();
    for (Examples part : List.of(run.training(), held)) {
      for (int row = 0; row < part.rows(); row++) {
        all.add(part.features().at(row, 0));
      }
    }
    List<Float> ofFold = new ArrayList<>();
    for (int row = 0; row < 8; row++) {
      ofFold.add(fold.training().features().at(row, 0));
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(ofFold);
    FloatMatrix wrongOnce = new FloatMatrix(2, 2, new float[] {0, 1, 0, 1});
    assertThat(run.monitor().orElseThrow().value(wrongOnce)).isEqualTo(-0.5);
  }

  @Test
  void rowsThatAreHeldOutAreReportedAfterEachEpoch() {
    Map<String, Object> stopping = Map.of("type", "holdout", "part", 0.25, "metric", "loss");
    Work.Network network = training(Map.of("epochs", 3, "early-stopping", stopping));
    TaskResult.Scored scored =
        (TaskResult.Scored)
            run(new Work.Train(network, 0, List.of(), List.of("accuracy")), Samples.classes());
    // The fold has four validation rows, of which none is looked at before the end.
    assertThat(trained().validation().orElseThrow().rows()).isEqualTo(2);
    assertThat(scored.reports()).hasSize(3);
    assertThat(scored.reports().get(2).measurement().value("accuracy")).isEqualTo(1);
  }

  @Test
  void earlyStoppingMayWatchTheRowsThatJudgeInTheUnitsOfTheData() {
    Map<String, Object> stopping = Map.of("type", "validation", "metric", "mae");
    Work.Network network = training(Map.of("early-stopping", stopping));
    run(new Work.Train(network, 0, List.of(), List.of()), Samples.values());
    TrainingRun run = trained();
    PreparedFold fold = PreparedFold.of(Samples.values(), 0);
    Examples validation = fold.validation().orElseThrow();
    assertThat(run.training().rows()).isEqualTo(8);
    assertThat(run.validation().orElseThrow().targets()).containsExactly(validation.targets());
    float[] zeros = new float[validation.rows()];
    double expected = 0;
    for (float raw : fold.rawTargets()) {
      expected += Math.abs(raw - fold.preprocessing().unscaledTargets(zeros)[0]) / zeros.length;
    }
    assertThat(run.monitor().orElseThrow().value(new FloatMatrix(zeros.length, 1, zeros)))
        .isCloseTo(expected, within(1e-3));
  }

  @Test
  void theLossOfTheRunNeedsNoMonitor() {
    Map<String, Object> stopping = Map.of("type", "holdout", "metric", "loss");
    run(
        new Work.Train(training(Map.of("early-stopping", stopping)), 0, List.of(), List.of()),
        Samples.classes());
    assertThat(trained().monitor()).isEmpty();
    assertThat(trained().validation().orElseThrow().rows()).isEqualTo(1);
  }

  @Test
  void withoutEarlyStoppingNoEpochIsTheBest() {
    TaskResult.Scored scored = (TaskResult.Scored) train(Fault.NONE, Samples.classes());
    assertThat(scored.measurement().values()).doesNotContainKeys("epochs", "best-epoch");
    assertThat(trained().training().rows()).isEqualTo(8);
  }

  @Test
  void refitTrainsTheStagesBeforeItOneAfterTheOther() {
    List<Work.Stage> before =
        List.of(
            new Work.Stage(training(Map.of("epochs", 9, "batch-size", 1)), 2),
            new Work.Stage(training(Map.of("epochs", 9, "batch-size", 2)), 5));
    run(
        new Work.Refit(training(Map.of("epochs", 9, "batch-size", 3)), before, 7, List.of()),
        Samples.classes());

    assertThat(NearestEngine.RUNS)
        .extracting(run -> run.spec().batchSize())
        .containsExactly(1, 2, 3);
    assertThat(NearestEngine.RUNS)
        .extracting(run -> run.start().map(TrainingState::epoch).orElse(0))
        .containsExactly(0, 2, 5);
    assertThat(NearestEngine.EPOCHS).hasValue(7);
  }

  @Test
  void refitTrainsAllRowsForTheEpochsOfTheTask() {
    Map<String, Object> stopping = Map.of("type", "holdout", "metric", "accuracy");
    Work.Network network = training(Map.of("epochs", 9, "early-stopping", stopping));
    run(new Work.Refit(network, List.of(), 4, List.of()), Samples.classes());
    assertThat(trained().training().rows()).isEqualTo(12);
    assertThat(trained().validation()).isEmpty();
    assertThat(trained().spec().epochs()).isEqualTo(9);
    assertThat(NearestEngine.EPOCHS).hasValue(4);
  }

  @Test
  void countsAreDividedByTheirMeanAndPredictedInTheirOwnUnit() {
    Work.Network network = training(Map.of("loss", "poisson"));
    TaskResult.Scored scored =
        (TaskResult.Scored) run(new Work.Train(network, 0, List.of(), List.of()), Samples.values());
    float[] targets = trained().training().targets();
    double mean = 0;
    for (float target : targets) {
      assertThat(target).isPositive();
      mean += target / targets.length;
    }
    assertThat(mean).isCloseTo(1, within(1e-6));
    assertThat(scored.measurement().value("mae")).isBetween(0.99, 5.01);
  }

  @Test
  void refitReturnsTheFilesAndTheSchema() {
    TaskResult.Refitted refitted =
        (TaskResult.Refitted)
            run(new Work.Refit(Samples.network(Fault.NONE), List.of()), Samples.classes());
    assertThat(refitted.files()).containsOnlyKeys("model.zip");
    assertThat(new String(refitted.files().get("model.zip"), StandardCharsets.UTF_8))
        .isEqualTo("Scaling[3 features, target Optional.empty]");
    Map<String, Object> schema = refitted.schema();
    assertThat(schema.keySet())
        .containsExactly("format", "engine", "features", "target", "labels", "network", "link");
    assertThat(schema)
        .containsEntry("format", 1L)
        .containsEntry("engine", "nearest")
        .containsEntry(
            "features",
            List.of(
                Map.of(
                    "name",
                    "x",
                    "kind",
                    "numeric",
                    "missing",
                    55.5,
                    "mean",
                    55.5,
                    "deviation",
                    50.61537974436887),
                Map.of("name", "colour", "kind", "one-hot", "categories", List.of("red", "blue"))))
        .containsEntry("target", Map.of())
        .containsEntry("labels", List.of("near", "far"))
        .containsEntry("link", "softmax");
    assertThat(schema.get("network"))
        .isEqualTo(
            Map.of(
                "input",
                List.of(3L),
                "layers",
                List.of(Map.of("type", "dense", "units", 4L, "activation", "relu")),
                "outputs",
                2L));
  }

  @Test
  void refitLeavesTestRowsOutAndIsJudgedByThem() {
    StudyData all = Samples.classes();
    Folds folds =
        Folds.of(
            new Splitter.KFold(2, true),
            Keys.of(all.table(), new int[0]),
            1,
            OptionalDouble.of(0.3),
            5);
    TaskResult.Refitted refitted =
        (TaskResult.Refitted)
            run(
                new Work.Refit(Samples.network(Fault.NONE), List.of("parameter-count")),
                new StudyData(all.table(), folds));
    assertThat(folds.test()).hasSize(4);
    assertThat(refitted.test().value("accuracy")).isEqualTo(1);
    assertThat(refitted.test().value("parameter-count")).isPositive();
    assertThat(refitted.confusion()).isEqualTo(List.of(List.of(2L, 0L), List.of(0L, 2L)));
    double mean = Arrays.stream(folds.refit()).mapToDouble(row -> 100 * (row % 2) + row).sum() / 8;
    assertThat(refitted.schema().get("features").toString()).contains("missing=" + mean);
  }

  @Test
  void refitWithoutTestRowsIsNotJudged() {
    TaskResult.Refitted refitted =
        (TaskResult.Refitted)
            run(new Work.Refit(Samples.network(Fault.NONE), List.of()), Samples.classes());
    assertThat(refitted.test().values()).isEmpty();
    assertThat(refitted.confusion()).isEmpty();
  }

  @Test
  void aFolderIsRemovedAlsoWhenTheModelCannotBeSaved() {
    int before = NearestEngine.FOLDERS.size();
    TaskResult.Failed failed =
        (TaskResult.Failed)
            run(new Work.Refit(Samples.network(Fault.CANNOT_SAVE), List.of()), Samples.classes());
    assertThat(failed.message())
        .isEqualTo("IOException: Cannot write the model: a fault was asked for");
    assertThat(NearestEngine.FOLDERS).hasSize(before + 1);
  }
}
