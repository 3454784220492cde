package org.fettle.optimizers.loop;

import org.fettle.optimizers.engine.Divergence;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.optimizers.training.LearningRates;

/** The steps of a run, on one replica or several. */
interface Steps {

  /** How many steps of the schedule an epoch has. */
  long perEpoch();

  /**
   * Trains on all rows, unless the run diverges within the epoch.
   *
   * @return the summed loss of the rows that were trained on
   */
  double epoch(LearningRates rates, Divergence divergence);

  /** What the updaters keep. */
  TrainingState.Memory memory();

  /** Goes on from there. */
  void restore(float[] parameters, TrainingState.Memory memory);
}
