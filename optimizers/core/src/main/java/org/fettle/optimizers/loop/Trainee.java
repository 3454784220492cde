package org.fettle.optimizers.loop;

import org.fettle.optimizers.engine.TrainingState;

/** A run's network and what its training keeps from step to step, between epochs. */
public interface Trainee {

  /** The network that is trained. It is closed by its owner, also where its learner is closed. */
  EngineNetwork network();

  /** How many steps of the schedule an epoch has. */
  long stepsPerEpoch();

  /**
   * What the next epoch needs besides the parameters, to go on bit for bit. What is drawn comes
   * from the {@link Epoch} alone, so that no generator is part of it.
   */
  TrainingState.Memory memory();

  /** Goes on from there. */
  void restore(float[] parameters, TrainingState.Memory memory);
}
