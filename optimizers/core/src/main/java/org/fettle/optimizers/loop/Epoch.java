package org.fettle.optimizers.loop;

import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.fettle.optimizers.engine.Divergence;
import org.fettle.optimizers.training.LearningRates;

/**
 * One pass over the training rows.
 *
 * @param order of the rows; read, and the same array in all epochs of a run
 * @param rates to be asked once a step
 * @param divergence to be told of steps' losses
 * @param random where noise and dropout of this epoch come from
 */
@SuppressWarnings("ArrayRecordComponent") // compared by no one
public record Epoch(
    int[] order, LearningRates rates, Divergence divergence, SplittableRandom random) {

  /**
   * Ends training before a step where the thread is interrupted.
   *
   * @throws CancellationException where it is
   */
  public static void requireNoInterrupt() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("Training was interrupted");
    }
  }
}
