package org.fettle.optimizers.loop;

/**
 * Trains one run. For one thread.
 *
 * <p>An engine that gives gradients takes {@link GradientLearner}. One that keeps rows and
 * parameters on a device of its own implements this, or {@link FusedLearner}: it steps itself, and
 * hands parameters out only where it is asked, which is at the end of epochs.
 */
public interface Learner extends Trainee, AutoCloseable {

  /**
   * Trains on all rows once, in the epoch's order, unless the run diverges on the way. It asks for
   * a factor of the learning rate for each step and tells the mean loss of each, or of a few
   * together, and ends within a step when the thread is interrupted.
   *
   * @return the loss that each row had in its own step, before its update, with dropout and without
   *     penalty, summed
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  double epoch(Epoch epoch);

  /** Frees all but the network; closing again does nothing. */
  @Override
  void close();
}
