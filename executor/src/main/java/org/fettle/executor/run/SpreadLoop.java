package org.fettle.executor.run;

import java.util.Optional;
import java.util.OptionalDouble;
import org.fettle.executor.data.Preprocessing;
import org.fettle.executor.data.RowSet;
import org.fettle.executor.task.TaskResult;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.engine.Continuation;
import org.fettle.optimizers.engine.Divergence;
import org.fettle.optimizers.engine.EpochReport;
import org.fettle.optimizers.engine.Monitor;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.optimizers.training.BestEpoch;
import org.fettle.optimizers.training.LearningRates;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.RowLoss;
import org.fettle.optimizers.training.Schedule;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.search.study.FailureCode;
import org.jspecify.annotations.Nullable;

/**
 * The epochs of a {@link SpreadRun}: what an engine's own loop does for a run on one machine.
 * Plateaus and early stopping look at predictions, which come from where the rows are.
 */
final class SpreadLoop {

  private final TrainingSpec spec;
  private final int outputs;
  private final SpreadLearner learner;
  private final Optional<RowSet> watched;
  private final float[] targets;
  private final Optional<Monitor> monitor;
  private final RowLoss loss;
  private final LearningRates rates;
  private final Divergence divergence = new Divergence();
  private final Optional<BestEpoch> best;
  private float[] parameters;
  private float[] bestParameters = new float[0];
  private int epoch;

  /** Of the watched rows after this epoch, where someone has asked for them. */
  private @Nullable FloatMatrix predictions;

  /**
   * A loop before the first epoch.
   *
   * @param training targets, as the loss takes them
   * @param rawTargets of the watched rows, in the data's own units
   */
  SpreadLoop(
      TrainingPlan plan,
      Preprocessing preprocessing,
      SpreadLearner learner,
      float[] training,
      Optional<RowSet> watched,
      float[] rawTargets) {
    this.spec = plan.training();
    this.outputs = plan.network().outputs();
    this.learner = learner;
    this.watched = watched;
    this.targets = preprocessing.scaledTargets(rawTargets);
    this.monitor =
        watched.flatMap(
            rows ->
                spec.earlyStopping()
                    .flatMap(rule -> WatchedRun.monitor(rule, preprocessing, rawTargets)));
    this.loss = spec.loss().on(training, outputs);
    long perEpoch = learner.stepsPerEpoch();
    this.rates =
        new LearningRates(spec.schedule(), new Schedule.Span(perEpoch, perEpoch * spec.epochs()));
    this.best = watched.flatMap(rows -> spec.earlyStopping().map(BestEpoch::new));
    this.parameters = learner.parameters();
  }

  int epoch() {
    return epoch;
  }

  /** The epoch whose parameters are the {@link #result}. */
  int best() {
    return best.map(BestEpoch::number).orElse(epoch);
  }

  /** The parameters that training came to. */
  float[] result() {
    return best.isPresent() ? bestParameters : parameters;
  }

  /** Trains until the last epoch or as long as the listener wants; says so if that went wrong. */
  Optional<TaskResult.Failed> train(RunListener listener) {
    while (epoch < spec.epochs() && !(epoch > 0 && best.map(BestEpoch::isOver).orElse(false))) {
      predictions = null;
      epoch++;
      double meanLoss = learner.epoch(epoch, rates.state().factor());
      parameters = learner.parameters();
      if (divergence.step(meanLoss) || divergence.epoch(meanLoss, sum(parameters))) {
        String reason = divergence.reason().orElseThrow();
        return Optional.of(
            new TaskResult.Failed(
                FailureCode.DIVERGED, "Diverged in epoch " + epoch + ": " + reason, ""));
      }
      OptionalDouble value = watchedValue();
      rates.epochEnded(meanLoss, value);
      if (best.isPresent() && best.get().isBest(value.orElseThrow())) {
        bestParameters = parameters;
      }
      Continuation answer =
          listener.epochEnded(
              0, new EpochReport(epoch, meanLoss, this::watchedPredictions, this::state));
      if (answer != Continuation.GO_ON) {
        break;
      }
    }
    return Optional.empty();
  }

  TrainingState state() {
    return new TrainingState(
        epoch,
        parameters,
        learner.memory(),
        rates.state(),
        divergence.limit(),
        best.map(each -> new TrainingState.Best(each.number(), each.least(), bestParameters)));
  }

  void restore(TrainingState state) {
    epoch = state.epoch();
    parameters = state.parameters();
    learner.restore(parameters, state.memory());
    rates.restore(state.rates());
    divergence.restore(state.limit());
    if (best.isPresent() && state.best().isPresent()) {
      TrainingState.Best found = state.best().get();
      best.get().restore(found.epoch(), found.value(), epoch);
      bestParameters = found.parameters();
    }
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private FloatMatrix watchedPredictions() {
    FloatMatrix made = predictions;
    if (made == null) {
      made = learner.predictions(watched.orElseThrow(), parameters);
      predictions = made;
    }
    return made;
  }

  private OptionalDouble watchedValue() {
    if (!spec.watchesValidation() || watched.isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        monitor.map(each -> each.value(watchedPredictions())).orElseGet(this::watchedLoss));
  }

  /** Sums are known from predictions but for what is added to all of a row, as no loss minds. */
  private double watchedLoss() {
    float[] sums = watchedPredictions().values().clone();
    if (spec.loss().link() != Loss.Link.IDENTITY) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] = (float) Math.log(Math.max(sums[i], Float.MIN_VALUE));
      }
    }
    double sum = 0;
    for (int row = 0; row < targets.length; row++) {
      sum += loss.gradient(sums, row * outputs, 1, outputs, targets[row], 0);
    }
    return sum / targets.length;
  }
}
