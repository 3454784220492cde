package org.fettle.optimizers.loop;

import org.fettle.optimizers.engine.TrainingState;

/**
 * A network and what its training keeps from step to step. For one thread.
 *
 * <p>An engine that gives gradients takes {@link GradientLearner}. One that keeps rows and
 * parameters on a device of its own implements this: it steps itself, and hands parameters out only
 * where it is asked, which is at the end of epochs.
 */
public interface Learner extends AutoCloseable {

  /** The network that is trained. It is closed by its owner, not by {@link #close}. */
  EngineNetwork network();

  /** How many steps of the schedule an epoch has. */
  long stepsPerEpoch();

  /**
   * Trains on all rows once, in the epoch's order, unless the run diverges on the way. It asks for
   * a factor of the learning rate before each step and tells the mean loss of each, or of a few
   * together, and ends within a step when the thread is interrupted.
   *
   * @return the loss that each row had in its own step, before its update, with dropout and without
   *     penalty, summed
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  double epoch(Epoch epoch);

  /**
   * What the next epoch needs besides the parameters, to go on bit for bit. What is drawn comes
   * from the {@link Epoch} alone, so that no generator is part of it.
   */
  TrainingState.Memory memory();

  /** Goes on from there. */
  void restore(float[] parameters, TrainingState.Memory memory);

  /** Frees all but the network; closing again does nothing. */
  @Override
  void close();
}
