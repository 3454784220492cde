package org.fettle.executor.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.fettle.executor.checkpoint.RunCheckpoints;
import org.fettle.executor.checkpoint.RunProgress;
import org.fettle.executor.checkpoint.StateCodec;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.report.Reporter;
import org.fettle.executor.task.RunPlace;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.engine.Continuation;
import org.fettle.optimizers.engine.EpochReport;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Measurement;

/**
 * One network on one fold: followed through its epochs, and scored by the fold's validation rows.
 * What it costs is the time that was spent on it alone, and its part of the training that it shares
 * with others. For one thread.
 */
final class ScoredRun {

  private final ScoredRuns.Planned planned;
  private final Task predicting;
  private final TrainingRun run;
  private final Curve curve;
  private final RunCheckpoints checkpoints;
  private final Reporter reporter;
  private final RunPlace place;
  private final int last;

  /** Seconds before it was interrupted, and until its training begins. */
  private final double earlier;

  private final double preparing;

  /** A run that is to be trained now, from its last checkpoint if there is one. */
  ScoredRun(ScoredRuns.Planned planned, StudyData data, Workplace workplace) throws IOException {
    long start = System.nanoTime();
    this.planned = planned;
    this.predicting = data.table().task();
    this.reporter = workplace.reporter();
    this.place = workplace.place();
    this.checkpoints = workplace.checkpoints(planned.task());
    Work.Train work = planned.work();
    WatchedRun watched =
        WatchedRun.of(
            planned.plan(),
            planned.fold(),
            predicting,
            data.folds().ties(work.fold()),
            planned.task().seed());
    this.last = Math.min(watched.run().spec().epochs(), work.until().orElse(Integer.MAX_VALUE));
    // Where all of a generation is there but its result is not, it is trained again.
    Optional<RunProgress> before =
        checkpoints.restored(work.until().isPresent() ? last : Integer.MAX_VALUE);
    this.curve =
        new Curve(
            planned.task(),
            work,
            predicting,
            planned.fold().preprocessing(),
            new Curve.Watched(
                watched.run().spec().epochs(),
                watched.run().validation().orElseThrow().targets(),
                watched.rawTargets()),
            last,
            before.map(RunProgress::reports).orElse(List.of()),
            reporter);
    this.run = StateCodec.state(before).map(watched.run()::from).orElse(watched.run());
    this.earlier = before.map(RunProgress::seconds).orElse(0.0);
    this.preparing = (System.nanoTime() - start) * 1e-9;
  }

  int index() {
    return planned.index();
  }

  TrainingPlan plan() {
    return planned.plan();
  }

  TrainingRun run() {
    return run;
  }

  /** The epoch that it goes on from, or 0. */
  int start() {
    return run.start().map(TrainingState::epoch).orElse(0);
  }

  /** Time in which its curve was measured, while it and others were trained. */
  double measuring() {
    return curve.seconds();
  }

  /**
   * Hears of an epoch, and says whether the run goes on.
   *
   * @param training seconds of its training so far
   */
  Continuation epochEnded(EpochReport report, DoubleSupplier training) {
    if (reporter.isCancelled(planned.task().trial())) {
      return Continuation.STOP;
    }
    curve.epochEnded(report);
    boolean over = report.epoch() >= last;
    if (over ? planned.work().until().isPresent() : checkpoints.due(report.epoch())) {
      byte[] state = StateCodec.encoded(report.state().get());
      checkpoints.save(
          report.epoch(), new RunProgress(state, curve.reports(), seconds(training.getAsDouble())));
    }
    return over ? Continuation.FINISH : Continuation.GO_ON;
  }

  private double seconds(double training) {
    return earlier + preparing + curve.seconds() + training;
  }

  /**
   * Scores what was trained, and closes the model. Whatever is thrown becomes a failure.
   *
   * @param training seconds of its training
   * @param together how many runs were trained as one network
   */
  TaskResult scored(RunResult result, double training, int together) {
    if (!(result instanceof RunResult.Trained trained)) {
      return Failures.of(result);
    }
    long start = System.nanoTime();
    try (TrainedModel model = trained.model()) {
      Judge judge = Judge.of(planned.fold(), predicting, model);
      if (!judge.finite()) {
        return new TaskResult.Failed(
            FailureCode.DIVERGED, "Predictions must be finite, but were not", "");
      }
      Measurement measurement =
          judge.measure(planned.work().metrics(), plan().network(), earlier + training);
      if (plan().training().earlyStopping().isPresent()) {
        measurement =
            measurement
                .and(TaskResult.EPOCHS, trained.epoch())
                .and(TaskResult.BEST_EPOCH, trained.best());
      }
      double judging = (System.nanoTime() - start) * 1e-9;
      return new TaskResult.Scored(
          measurement,
          curve.reports(),
          seconds(training) + judging,
          judge.confusion(),
          place.with(together));
    } catch (Throwable e) {
      return Failures.of(e, FailureCode.ENGINE_ERROR);
    }
  }
}
