package org.fettle.executor.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.fettle.executor.checkpoint.RunCheckpoints;
import org.fettle.executor.checkpoint.RunProgress;
import org.fettle.executor.checkpoint.StateCodec;
import org.fettle.executor.data.Holdout;
import org.fettle.executor.data.Preprocessing;
import org.fettle.executor.data.RowSet;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.data.Ties;
import org.fettle.executor.report.Reporter;
import org.fettle.executor.task.RunPlace;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.engine.Continuation;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.optimizers.training.EarlyStopping;
import org.fettle.optimizers.training.Loss;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Measurement;

/**
 * A run whose network is trained by workers on many machines, as it is seen from the driver: what
 * {@link ScoredRun} is where one task does it all. Only parameters, predictions and targets come
 * here, no rows of features.
 */
public final class SpreadRun {

  private final TrialTask trial;
  private final StudyData data;
  private final SpreadRows rows;
  private final RunPlace place;
  private final Reporter reporter;
  private final RunCheckpoints checkpoints;
  private final Task task;
  private final long start = System.nanoTime();

  /**
   * A run that begins now.
   *
   * @param data whose columns lie elsewhere
   */
  public SpreadRun(
      TrialTask trial, StudyData data, SpreadRows rows, RunPlace place, Reporter reporter) {
    this.trial = trial;
    this.data = data;
    this.rows = rows;
    this.place = place;
    this.reporter = reporter;
    this.task = data.table().task();
    this.checkpoints =
        new RunCheckpoints(trial.checkpointing(), () -> SparkHadoopUtil.get().conf());
  }

  /** Trains to the end on the calling thread. What goes wrong on the way is thrown. */
  public TaskResult run() throws IOException {
    if (trial.work() instanceof Work.Train train) {
      return score(train);
    }
    if (trial.work() instanceof Work.Refit refit) {
      return refit(refit);
    }
    throw new AssertionError(trial.work());
  }

  /** What a throw, here or of a worker, means for the study. */
  public static TaskResult.Failed failed(Throwable failure) {
    return Failures.of(failure, FailureCode.ENGINE_ERROR);
  }

  private double seconds() {
    return (System.nanoTime() - start) * 1e-9;
  }

  private TaskResult score(Work.Train work) throws IOException {
    RowSet training = RowSet.of(data.folds().training(work.fold()));
    RowSet validation = RowSet.of(data.folds().validation(work.fold()));
    Prepared prepared = prepared(work.network(), training);
    RowSet watched = validation;
    RowSet learning = training;
    Optional<EarlyStopping> stopping = prepared.plan().training().earlyStopping();
    if (stopping.map(EarlyStopping::holdout).orElse(0.0) > 0) {
      Split split = held(training, stopping.get().holdout(), data.folds().ties(work.fold()));
      learning = split.learning();
      watched = split.watched();
    }
    int last =
        Math.min(prepared.plan().training().epochs(), work.until().orElse(Integer.MAX_VALUE));
    Optional<RunProgress> before =
        checkpoints.restored(work.until().isPresent() ? last : Integer.MAX_VALUE);
    double earlier = before.map(RunProgress::seconds).orElse(0.0);
    Curve curve =
        new Curve(
            trial,
            work,
            task,
            prepared.preprocessing(),
            new Curve.Watched(
                prepared.plan().training().epochs(),
                prepared.preprocessing().scaledTargets(targets(watched)),
                targets(watched)),
            last,
            before.map(RunProgress::reports).orElse(List.of()),
            reporter);
    RunListener listener =
        (run, report) -> {
          curve.epochEnded(report);
          boolean over = report.epoch() >= last;
          if (over ? work.until().isPresent() : checkpoints.due(report.epoch())) {
            save(report.state().get(), report.epoch(), curve, earlier + seconds());
          }
          return over ? Continuation.FINISH : Continuation.GO_ON;
        };
    double began = seconds();
    try (SpreadLearner learner = begin(work.network(), prepared, learning)) {
      SpreadLoop loop = loop(prepared, learner, learning, Optional.of(watched));
      if (before.isPresent()) {
        loop.restore(StateCodec.decoded(before.get().state()));
      }
      Optional<TaskResult.Failed> failed = loop.train(listener);
      double trainingSeconds = earlier + seconds() - began - curve.seconds();
      if (failed.isPresent()) {
        return failed.get();
      }
      try (TrainedModel model = learner.model(loop.result())) {
        Judge judge = judge(prepared, learner, loop, validation, model);
        if (!judge.finite()) {
          return new TaskResult.Failed(
              FailureCode.DIVERGED, "Predictions must be finite, but were not", "");
        }
        Measurement measurement =
            judge.measure(work.metrics(), prepared.plan().network(), trainingSeconds);
        if (stopping.isPresent()) {
          measurement =
              measurement
                  .and(TaskResult.EPOCHS, loop.epoch())
                  .and(TaskResult.BEST_EPOCH, loop.best());
        }
        return new TaskResult.Scored(
            measurement, curve.reports(), earlier + seconds(), judge.confusion(), place);
      }
    }
  }

  private void save(TrainingState state, int epoch, Curve curve, double seconds) {
    checkpoints.save(epoch, new RunProgress(StateCodec.encoded(state), curve.reports(), seconds));
  }

  private TaskResult refit(Work.Refit work) throws IOException {
    RowSet training = RowSet.of(data.folds().refit());
    RowSet test = RowSet.of(data.folds().test());
    Optional<RunProgress> before = checkpoints.restored(Integer.MAX_VALUE);
    Optional<TrainingState> reached = Optional.empty();
    if (before.isPresent()) {
      reached = Optional.of(StateCodec.decoded(before.get().state()));
    }
    for (Work.Stage stage : work.before()) {
      if (reached.isPresent() && reached.get().epoch() >= stage.until()) {
        continue;
      }
      Prepared prepared = prepared(stage.network(), training);
      try (SpreadLearner learner = begin(stage.network(), prepared, training)) {
        SpreadLoop loop = loop(prepared, learner, training, Optional.empty());
        reached.ifPresent(loop::restore);
        Optional<TaskResult.Failed> failed = loop.train(endingAfter(stage.until()));
        if (failed.isPresent()) {
          return failed.get();
        }
        reached = Optional.of(loop.state());
      }
    }
    Prepared prepared = prepared(work.network(), training);
    double began = seconds();
    try (SpreadLearner learner = begin(work.network(), prepared, training)) {
      SpreadLoop loop = loop(prepared, learner, training, Optional.empty());
      reached.ifPresent(loop::restore);
      Optional<TaskResult.Failed> failed = loop.train(endingAfter(work.epochs()));
      if (failed.isPresent()) {
        return failed.get();
      }
      try (TrainedModel model = learner.model(loop.result())) {
        Optional<Judge> judge =
            test.size() == 0
                ? Optional.empty()
                : Optional.of(judge(prepared, learner, loop, test, model));
        double trainingSeconds = seconds() - began;
        return new TaskResult.Refitted(
            RefitRun.files(model, prepared.preprocessing()),
            ModelSchema.of(
                work.network().engine(), prepared.plan(), prepared.preprocessing(), data.table()),
            seconds(),
            judge
                .map(
                    each ->
                        each.measure(work.metrics(), prepared.plan().network(), trainingSeconds))
                .orElse(Measurement.none()),
            judge.map(Judge::confusion).orElse(List.of()));
      }
    }
  }

  private RunListener endingAfter(int epochs) {
    return (run, report) -> {
      if (report.epoch() >= epochs) {
        return Continuation.FINISH;
      }
      if (checkpoints.due(report.epoch())) {
        byte[] state = StateCodec.encoded(report.state().get());
        checkpoints.save(report.epoch(), new RunProgress(state, List.of(), 0));
      }
      return Continuation.GO_ON;
    };
  }

  private record Prepared(TrainingPlan plan, Preprocessing preprocessing) {}

  private Prepared prepared(Work.Network network, RowSet training) {
    Preprocessing fitted = rows.fit(training);
    TrainingPlan plan = TrainingPlan.of(network, fitted.shape(), task);
    boolean positive = plan.training().loss().link() == Loss.Link.EXP;
    return new Prepared(plan, positive ? fitted.withTargetRatios() : fitted);
  }

  private SpreadLearner begin(Work.Network network, Prepared prepared, RowSet learning) {
    return rows.begin(
        new SpreadRows.Beginning(
            network,
            prepared.plan(),
            prepared.preprocessing(),
            learning,
            prepared.preprocessing().scaledTargets(targets(learning)),
            trial.seed()));
  }

  private SpreadLoop loop(
      Prepared prepared, SpreadLearner learner, RowSet learning, Optional<RowSet> watched) {
    return new SpreadLoop(
        prepared.plan(),
        prepared.preprocessing(),
        learner,
        prepared.preprocessing().scaledTargets(targets(learning)),
        watched,
        watched.map(this::targets).orElse(new float[0]));
  }

  private Judge judge(
      Prepared prepared, SpreadLearner learner, SpreadLoop loop, RowSet of, TrainedModel model) {
    FloatMatrix predictions = learner.predictions(of, loop.result());
    int width = prepared.preprocessing().width();
    return new Judge(
        targets(of),
        task,
        model,
        prepared.preprocessing().unscaled(predictions),
        new FloatMatrix(1, width, new float[width]));
  }

  /** Of rows, in the data's own units: all of the data that is here. */
  private float[] targets(RowSet of) {
    int[] numbers = of.rows();
    float[] targets = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      targets[i] = data.table().targets()[numbers[i]];
    }
    return targets;
  }

  private record Split(RowSet learning, RowSet watched) {}

  private Split held(RowSet training, double part, Ties ties) {
    boolean classes = task instanceof Task.Classification;
    boolean[] isHeld =
        Holdout.held(
            targets(training),
            part,
            classes ? Holdout.Targets.CLASSES : Holdout.Targets.VALUES,
            ties,
            trial.seed());
    int[] all = training.rows();
    return new Split(selected(all, isHeld, false), selected(all, isHeld, true));
  }

  private static RowSet selected(int[] all, boolean[] isHeld, boolean which) {
    return RowSet.of(
        java.util.stream.IntStream.range(0, all.length)
            .filter(i -> isHeld[i] == which)
            .map(i -> all[i])
            .toArray());
  }
}
