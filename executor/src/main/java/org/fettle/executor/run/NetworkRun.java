package org.fettle.executor.run;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.fettle.executor.checkpoint.RunCheckpoints;
import org.fettle.executor.checkpoint.RunProgress;
import org.fettle.executor.checkpoint.StateCodec;
import org.fettle.executor.data.ExecutorCache;
import org.fettle.executor.data.PreparedFold;
import org.fettle.executor.data.Preprocessing;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.report.Reporter;
import org.fettle.executor.task.RunPlace;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.engine.Continuation;
import org.fettle.optimizers.engine.EpochReport;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingJob;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.optimizers.training.Loss;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Measurement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains one network on one fold, or on all rows, with the engine that the task names. */
final class NetworkRun {

  private static final Logger LOG = LoggerFactory.getLogger(NetworkRun.class);

  private final TrialTask task;
  private final StudyData data;
  private final int threads;
  private final RunPlace place;
  private final Reporter reporter;
  private final RunCheckpoints checkpoints;

  NetworkRun(
      TrialTask task,
      StudyData data,
      int threads,
      RunPlace place,
      Reporter reporter,
      RunCheckpoints checkpoints) {
    this.checkpoints = checkpoints;
    this.task = task;
    this.data = data;
    this.threads = threads;
    this.place = place;
    this.reporter = reporter;
  }

  TaskResult score(Work.Train work, DoubleSupplier sinceStart) throws IOException {
    boolean first = ExecutorCache.get().follow(data, task.study());
    PreparedFold prepared =
        ExecutorCache.get()
            .fold(task.study(), work.fold(), () -> PreparedFold.of(data, work.fold()));
    TrainingPlan plan = plan(work.network(), prepared);
    if (first && !place.devices().isEmpty() && !plan.engine().usesDevices()) {
      LOG.warn(
          "Engine {} trains on the CPU here; the GPUs that Spark assigns to runs stay unused",
          plan.engine().name());
    }
    int replicas = plan.training().replicas().count();
    if (first && plan.engine().usesDevices() && place.devices().size() > replicas) {
      LOG.warn(
          "Spark assigns {} GPUs to each run, which has {} replicas: set training.replicas to as"
              + " many, or the others stay unused",
          place.devices().size(),
          replicas);
    }
    PreparedFold fold = suited(prepared, plan);
    WatchedRun watched =
        WatchedRun.of(plan, fold, data.table().task(), data.folds().ties(work.fold()), task.seed());
    int last = Math.min(plan.training().epochs(), work.until().orElse(Integer.MAX_VALUE));
    // Where all of a generation is there but its result is not, it is trained again.
    Optional<RunProgress> before =
        checkpoints.restored(work.until().isPresent() ? last : Integer.MAX_VALUE);
    double earlier = before.map(RunProgress::seconds).orElse(0.0);
    DoubleSupplier seconds = () -> earlier + sinceStart.getAsDouble();
    Curve curve =
        new Curve(
            task,
            work,
            data.table().task(),
            fold.preprocessing(),
            new Curve.Watched(
                watched.run().spec().epochs(),
                watched.run().validation().orElseThrow().targets(),
                watched.rawTargets()),
            last,
            before.map(RunProgress::reports).orElse(List.of()),
            reporter);
    RunListener listener =
        (run, report) -> {
          curve.epochEnded(run, report);
          boolean over = report.epoch() >= last;
          if (over ? work.until().isPresent() : checkpoints.due(report.epoch())) {
            byte[] state = StateCodec.encoded(report.state().get());
            checkpoints.save(
                report.epoch(), new RunProgress(state, curve.reports(), seconds.getAsDouble()));
          }
          return over ? Continuation.FINISH : Continuation.GO_ON;
        };
    long start = System.nanoTime();
    RunResult result = train(plan, from(watched.run(), state(before)), listener);
    double trainingSeconds = earlier + (System.nanoTime() - start) * 1e-9 - curve.seconds();
    if (result instanceof RunResult.Trained trained) {
      try (TrainedModel model = trained.model()) {
        Judge judge = Judge.of(fold, data.table().task(), model);
        if (!judge.finite()) {
          return new TaskResult.Failed(
              FailureCode.DIVERGED, "Predictions must be finite, but were not", "");
        }
        Measurement measurement = judge.measure(work.metrics(), plan.network(), trainingSeconds);
        if (plan.training().earlyStopping().isPresent()) {
          measurement =
              measurement
                  .and(TaskResult.EPOCHS, trained.epoch())
                  .and(TaskResult.BEST_EPOCH, trained.best());
        }
        return new TaskResult.Scored(
            measurement, curve.reports(), seconds.getAsDouble(), judge.confusion(), place);
      }
    }
    return failed(result);
  }

  TaskResult refit(Work.Refit work, DoubleSupplier seconds) throws IOException {
    PreparedFold prepared = PreparedFold.ofRefit(data);
    TrainingPlan plan = plan(work.network(), prepared);
    PreparedFold fold = suited(prepared, plan);
    long start = System.nanoTime();
    // The test rows are no validation rows: training must not look at them.
    TrainingRun run = WatchedRun.ofAll(plan, fold, task.seed());
    Optional<TrainingState> reached = state(checkpoints.restored(Integer.MAX_VALUE));
    for (Work.Stage stage : work.before()) {
      if (reached.isPresent() && reached.get().epoch() >= stage.until()) {
        continue;
      }
      TrainingPlan other = plan(stage.network(), prepared);
      AtomicReference<TrainingState> end = new AtomicReference<>();
      RunResult result =
          train(
              other,
              from(WatchedRun.ofAll(other, fold, task.seed()), reached),
              endingAfter(stage.until(), report -> end.set(report.state().get())));
      if (!(result instanceof RunResult.Trained trained)) {
        return failed(result);
      }
      trained.model().close();
      reached = Optional.of(requireNonNull(end.get()));
    }
    RunResult result = train(plan, from(run, reached), endingAfter(work.epochs(), report -> {}));
    double trainingSeconds = (System.nanoTime() - start) * 1e-9;
    if (result instanceof RunResult.Trained trained) {
      try (TrainedModel model = trained.model()) {
        Optional<Judge> judge =
            fold.validation().map(test -> Judge.of(fold, data.table().task(), model));
        return new TaskResult.Refitted(
            files(model, fold.preprocessing()),
            ModelSchema.of(work.network().engine(), plan, fold.preprocessing(), data.table()),
            seconds.getAsDouble(),
            judge
                .map(each -> each.measure(work.metrics(), plan.network(), trainingSeconds))
                .orElse(Measurement.none()),
            judge.map(Judge::confusion).orElse(List.of()));
      }
    }
    return failed(result);
  }

  private TrainingPlan plan(Work.Network network, PreparedFold fold) {
    return TrainingPlan.of(network, fold.preprocessing().shape(), data.table().task());
  }

  /** A prediction that is an exponential cannot be of a target with mean 0. */
  private static PreparedFold suited(PreparedFold fold, TrainingPlan plan) {
    boolean positive = plan.training().loss().link() == Loss.Link.EXP;
    return positive ? fold.withTargetRatios() : fold;
  }

  private static Optional<TrainingState> state(Optional<RunProgress> progress) throws IOException {
    return progress.isPresent()
        ? Optional.of(StateCodec.decoded(progress.get().state()))
        : Optional.empty();
  }

  private static TrainingRun from(TrainingRun run, Optional<TrainingState> state) {
    return state.map(run::from).orElse(run);
  }

  /** Leaves checkpoints on the way, and ends with an epoch. */
  private RunListener endingAfter(int epochs, Consumer<EpochReport> end) {
    return (run, report) -> {
      if (report.epoch() >= epochs) {
        end.accept(report);
        return Continuation.FINISH;
      }
      if (checkpoints.due(report.epoch())) {
        byte[] state = StateCodec.encoded(report.state().get());
        checkpoints.save(report.epoch(), new RunProgress(state, List.of(), 0));
      }
      return Continuation.GO_ON;
    };
  }

  private RunResult train(TrainingPlan plan, TrainingRun run, RunListener listener) {
    TrainingJob job = new TrainingJob(List.of(run), threads, place.devices());
    return plan.engine().train(job, listener).get(0);
  }

  static Map<String, byte[]> files(TrainedModel model, Preprocessing preprocessing)
      throws IOException {
    try (TemporaryFolder folder = new TemporaryFolder()) {
      model.save(folder.path(), preprocessing.scaling());
      return folder.files();
    }
  }

  private static TaskResult failed(RunResult result) {
    if (result instanceof RunResult.Diverged diverged) {
      return new TaskResult.Failed(
          FailureCode.DIVERGED,
          "Diverged in epoch " + diverged.epoch() + ": " + diverged.reason(),
          "");
    }
    return new TaskResult.Failed(
        FailureCode.CANCELLED, "Stopped after epoch " + result.epoch(), "");
  }
}
