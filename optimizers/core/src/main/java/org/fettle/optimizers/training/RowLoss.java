package org.fettle.optimizers.training;

/** A {@link Loss} for the classes or values of certain training rows. Any thread may use it. */
@FunctionalInterface
public interface RowLoss {

  /**
   * Replaces a row's output sums by the gradient of its loss with respect to them.
   *
   * @param sums holds the row's {@code length} sums from {@code start} on, {@code stride} apart
   * @param target as {@link Loss#check} allows
   * @param weight by which the gradient is multiplied, as 1 / rows of a batch for its mean
   * @return the row's loss, not multiplied
   */
  double gradient(float[] sums, int start, int stride, int length, float target, float weight);
}
