package org.fettle.optimizers.java;

import org.fettle.optimizers.loop.Block;

/** One number per unit, the same for all rows. */
final class Biases {

  private Biases() {}

  /** Adds them to each row. */
  static void add(Parameters parameters, Block biases, float[] rows, int count) {
    float[] values = parameters.values();
    int units = biases.units();
    int offset = biases.offset();
    for (int row = 0; row < count; row++) {
      int at = row * units;
      for (int unit = 0; unit < units; unit++) {
        rows[at + unit] += values[offset + unit];
      }
    }
  }

  /** Their gradient: the sum of the rows'. */
  static void sum(Parameters parameters, Block biases, float[] rows, int count) {
    float[] sums = parameters.gradients();
    int units = biases.units();
    int offset = biases.offset();
    java.util.Arrays.fill(sums, offset, offset + units, 0);
    for (int row = 0; row < count; row++) {
      int at = row * units;
      for (int unit = 0; unit < units; unit++) {
        sums[offset + unit] += rows[at + unit];
      }
    }
  }
}
