package org.fettle.optimizers.loop;

import java.util.random.RandomGenerator;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.training.RowLoss;

/** Makes what an engine trains a run with. */
@FunctionalInterface
public interface LearnerFactory {

  /** Returns a learner before its first step; leaves no memory behind where it throws. */
  Learner begin(Beginning beginning);

  /**
   * What a run begins with.
   *
   * @param loss of the run's training rows
   * @param seed of the first weights: {@link #weights()}
   */
  record Beginning(TrainingRun run, RowLoss loss, long seed) {

    /** What a run begins with as it is. */
    static Beginning of(TrainingRun run) {
      return new Beginning(
          run, run.spec().loss().on(run.training().targets(), run.network().outputs()), run.seed());
    }

    /** A generator for the first weights; a new one each time, which draws the same. */
    public RandomGenerator weights() {
      return Streams.ofWeights(seed);
    }
  }
}
