package org.fettle.executor.run;

import java.util.Optional;
import org.fettle.executor.data.Holdout;
import org.fettle.executor.data.PreparedFold;
import org.fettle.executor.data.Preprocessing;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.engine.Monitor;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.metric.Metric;
import org.fettle.optimizers.metric.PredictionMetric;
import org.fettle.optimizers.training.EarlyStopping;

/** What a run is trained on, and what early stopping watches meanwhile. */
final class WatchedRun {

  private WatchedRun() {}

  /**
   * The run of a plan on a fold. Rows that early stopping holds out are taken from the training
   * rows; without it all train.
   */
  static TrainingRun of(TrainingPlan plan, PreparedFold fold, Task task, long seed) {
    Optional<EarlyStopping> stopping = plan.training().earlyStopping();
    if (stopping.isEmpty() || fold.validation().isEmpty()) {
      return run(plan, fold.training(), fold.validation(), Optional.empty(), seed);
    }
    double holdout = stopping.get().holdout();
    if (holdout == 0) {
      Optional<Monitor> monitor = monitor(stopping.get(), fold.preprocessing(), fold.rawTargets());
      return run(plan, fold.training(), fold.validation(), monitor, seed);
    }
    boolean classes = task instanceof Task.Classification;
    Holdout.Targets targets = classes ? Holdout.Targets.CLASSES : Holdout.Targets.VALUES;
    Holdout rows = Holdout.of(fold.training(), holdout, targets, seed);
    float[] raw = fold.preprocessing().unscaledTargets(rows.held().targets());
    Optional<Monitor> monitor = monitor(stopping.get(), fold.preprocessing(), raw);
    return run(plan, rows.training(), Optional.of(rows.held()), monitor, seed);
  }

  /** The run of a final model, on all training rows, which watches none. */
  static TrainingRun ofAll(TrainingPlan plan, PreparedFold fold, long seed) {
    return run(plan, fold.training(), Optional.empty(), Optional.empty(), seed);
  }

  private static TrainingRun run(
      TrainingPlan plan,
      Examples training,
      Optional<Examples> watched,
      Optional<Monitor> monitor,
      long seed) {
    return new TrainingRun(plan.network(), plan.training(), training, watched, monitor, seed);
  }

  /** In the units of the data, so that the least difference is as well; empty for the loss. */
  private static Optional<Monitor> monitor(
      EarlyStopping stopping, Preprocessing preprocessing, float[] rawTargets) {
    String name = stopping.metric().orElse(EarlyStopping.LOSS);
    if (name.equals(EarlyStopping.LOSS)) {
      return Optional.empty();
    }
    PredictionMetric metric = EarlyStopping.metric(name);
    double sign = metric.better() == Metric.Better.LOWER ? 1 : -1;
    return Optional.of(
        predictions -> sign * metric.value(preprocessing.unscaled(predictions), rawTargets));
  }
}
