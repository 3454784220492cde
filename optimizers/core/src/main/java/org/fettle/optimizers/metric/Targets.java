package org.fettle.optimizers.metric;

import org.fettle.optimizers.data.FloatMatrix;

/** Classes as targets. */
final class Targets {

  private Targets() {}

  /** The class of a row, which the predictions must have a probability for. */
  static int at(FloatMatrix predictions, float[] targets, int row) {
    int target = (int) targets[row];
    if (target != targets[row] || target < 0 || target >= predictions.columns()) {
      throw new IllegalArgumentException(
          "Target of row %d must be a class from 0 to %d, but was %s"
              .formatted(row, predictions.columns() - 1, targets[row]));
    }
    return target;
  }
}
