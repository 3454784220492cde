package org.fettle.optimizers.dl4j;

import org.fettle.optimizers.training.Loss;

/** A loss and its gradient in one pass over the output layer's sums. */
final class RowLoss {

  private RowLoss() {}

  /**
   * Replaces a row's sums by the gradient of its loss, times a weight.
   *
   * @return the row's loss
   */
  static double gradient(
      Loss loss, float[] sums, int start, int length, float target, float weight) {
    if (loss instanceof Loss.CrossEntropy) {
      float ofTarget = sums[start + (int) target];
      double logOfTotal = Softmax.apply(sums, start, 1, length);
      for (int at = start; at < start + length; at++) {
        sums[at] *= weight;
      }
      sums[start + (int) target] -= weight;
      return logOfTotal - ofTarget;
    }
    if (loss instanceof Loss.MeanSquaredError) {
      double error = (double) sums[start] - target;
      sums[start] = (float) (2 * error * weight);
      return error * error;
    }
    throw new AssertionError(loss);
  }
}
