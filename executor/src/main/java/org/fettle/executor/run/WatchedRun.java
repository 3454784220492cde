package org.fettle.executor.run;

import java.util.Optional;
import org.fettle.executor.data.Holdout;
import org.fettle.executor.data.PreparedFold;
import org.fettle.executor.data.Preprocessing;
import org.fettle.executor.data.Ties;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.engine.Monitor;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.metric.Metric;
import org.fettle.optimizers.metric.PredictionMetric;
import org.fettle.optimizers.training.EarlyStopping;

/** What a run is trained on, and the rows that are watched after each of its epochs. */
final class WatchedRun {

  private final TrainingRun run;
  private final float[] rawTargets;

  private WatchedRun(TrainingRun run, float[] rawTargets) {
    this.run = run;
    this.rawTargets = rawTargets;
  }

  /**
   * The run of a plan on a fold. Rows that early stopping holds out are taken from the training
   * rows, and watched in the place of the fold's validation rows; without it all train.
   */
  static WatchedRun of(TrainingPlan plan, PreparedFold fold, Task task, Ties ties, long seed) {
    Optional<EarlyStopping> stopping = plan.training().earlyStopping();
    double holdout = stopping.map(EarlyStopping::holdout).orElse(0.0);
    Examples training = fold.training();
    Optional<Examples> watched = fold.validation();
    float[] rawTargets = fold.rawTargets();
    if (holdout > 0 && watched.isPresent()) {
      boolean classes = task instanceof Task.Classification;
      Holdout.Targets targets = classes ? Holdout.Targets.CLASSES : Holdout.Targets.VALUES;
      Holdout rows = Holdout.of(training, holdout, targets, ties, seed);
      training = rows.training();
      watched = Optional.of(rows.held());
      rawTargets = fold.preprocessing().unscaledTargets(rows.held().targets());
    }
    float[] raw = rawTargets;
    Optional<Monitor> monitor = stopping.flatMap(rule -> monitor(rule, fold.preprocessing(), raw));
    return new WatchedRun(
        new TrainingRun(plan.network(), plan.training(), training, watched, monitor, seed), raw);
  }

  /** The run of a final model, on all training rows, which watches none. */
  static TrainingRun ofAll(TrainingPlan plan, PreparedFold fold, long seed) {
    return new TrainingRun(
        plan.network(), plan.training(), fold.training(), Optional.empty(), Optional.empty(), seed);
  }

  TrainingRun run() {
    return run;
  }

  /** Of the watched rows, in the data's own units; none where no rows are watched. */
  float[] rawTargets() {
    return rawTargets;
  }

  /** In the units of the data, so that the least difference is as well; empty for the loss. */
  static Optional<Monitor> monitor(
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
