package org.fettle.executor.run;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.fettle.executor.data.ExecutorCache;
import org.fettle.executor.data.PreparedFold;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.report.Reporter;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.engine.Continuation;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingJob;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.training.Loss;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Measurement;

/** Trains one network on one fold, or on all rows, with the engine that the task names. */
final class NetworkRun {

  private final TrialTask task;
  private final StudyData data;
  private final int threads;
  private final Reporter reporter;

  NetworkRun(TrialTask task, StudyData data, int threads, Reporter reporter) {
    this.task = task;
    this.data = data;
    this.threads = threads;
    this.reporter = reporter;
  }

  TaskResult score(Work.Train work, DoubleSupplier seconds) {
    ExecutorCache.get().follow(data, task.study());
    PreparedFold prepared =
        ExecutorCache.get()
            .fold(task.study(), work.fold(), () -> PreparedFold.of(data, work.fold()));
    TrainingPlan plan = plan(work.network(), prepared);
    PreparedFold fold = suited(prepared, plan);
    long start = System.nanoTime();
    WatchedRun watched = WatchedRun.of(plan, fold, data.table().task(), task.seed());
    Curve curve =
        new Curve(task, work, data.table().task(), fold.preprocessing(), watched, reporter);
    RunResult result = train(plan, watched.run(), curve);
    double trainingSeconds = (System.nanoTime() - start) * 1e-9 - curve.seconds();
    if (result instanceof RunResult.Trained trained) {
      try (TrainedModel model = trained.model()) {
        Judge judge = new Judge(fold, data.table().task(), model);
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
            measurement, curve.reports(), seconds.getAsDouble(), judge.confusion());
      }
    }
    return failed(result);
  }

  TaskResult refit(Work.Refit work, DoubleSupplier seconds) throws IOException {
    PreparedFold prepared = PreparedFold.ofRefit(data);
    TrainingPlan plan = plan(work.network(), prepared);
    PreparedFold fold = suited(prepared, plan);
    RunListener untilThen =
        (run, report) -> report.epoch() >= work.epochs() ? Continuation.FINISH : Continuation.GO_ON;
    long start = System.nanoTime();
    // The test rows are no validation rows: training must not look at them.
    RunResult result = train(plan, WatchedRun.ofAll(plan, fold, task.seed()), untilThen);
    double trainingSeconds = (System.nanoTime() - start) * 1e-9;
    if (result instanceof RunResult.Trained trained) {
      try (TrainedModel model = trained.model()) {
        Optional<Judge> judge =
            fold.validation().map(test -> new Judge(fold, data.table().task(), model));
        return new TaskResult.Refitted(
            files(model, fold),
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

  private RunResult train(TrainingPlan plan, TrainingRun run, RunListener listener) {
    return plan.engine().train(new TrainingJob(List.of(run), threads), listener).get(0);
  }

  private static Map<String, byte[]> files(TrainedModel model, PreparedFold fold)
      throws IOException {
    try (TemporaryFolder folder = new TemporaryFolder()) {
      model.save(folder.path(), fold.preprocessing().scaling());
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
