package org.fettle.optimizers.training;

/** What the targets of a loss must be. */
final class LossChecks {

  private LossChecks() {}

  static void classes(String loss, int outputs, float[] targets) {
    if (outputs < 2) {
      throw new IllegalArgumentException(
          "Outputs must be at least 2 for " + loss + ", but were " + outputs);
    }
    for (int row = 0; row < targets.length; row++) {
      float target = targets[row];
      if (!(target >= 0 && target < outputs && target == (int) target)) {
        throw new IllegalArgumentException(
            "Target of row %d must be a class from 0 to %d, but was %s"
                .formatted(row, outputs - 1, target));
      }
    }
  }

  static void values(String loss, int outputs, float[] targets) {
    if (outputs != 1) {
      throw new IllegalArgumentException("Outputs must be 1 for " + loss + ", but were " + outputs);
    }
    for (int row = 0; row < targets.length; row++) {
      if (!Float.isFinite(targets[row])) {
        throw new IllegalArgumentException(
            "Target of row %d must be finite, but was %s".formatted(row, targets[row]));
      }
    }
  }
}
