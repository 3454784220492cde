package org.fettle.optimizers.torch;

import java.util.Arrays;
import java.util.SplittableRandom;

/** What is random in an epoch of one run. */
final class Draws {

  private static final double INTEGERS = 4294967296.0;

  private final SplittableRandom noise;
  private final SplittableRandom[] dropouts;

  Draws(SplittableRandom random, int layers) {
    this.noise = random.split();
    this.dropouts = new SplittableRandom[layers];
    for (int i = 0; i < layers; i++) {
      dropouts[i] = random.split();
    }
  }

  /** Draws Gaussian noise of a deviation for some of a row's numbers. */
  void noise(double deviation, float[] values, int from, int count) {
    for (int i = from; i < from + count; i++) {
      values[i] = (float) (deviation * noise.nextGaussian());
    }
  }

  /** Draws what a layer's outputs of a row are multiplied by: 0 with a probability, else more. */
  void factors(int layer, double rate, float[] values, int from, int count) {
    float raised = (float) (1 / (1 - rate));
    if (rate == 0) {
      Arrays.fill(values, from, from + count, raised);
      return;
    }
    int threshold = (int) Math.round(rate * INTEGERS + Integer.MIN_VALUE);
    SplittableRandom random = dropouts[layer];
    for (int i = from; i < from + count; i += 2) {
      long bits = random.nextLong();
      values[i] = (int) bits < threshold ? 0 : raised;
      if (i + 1 < from + count) {
        values[i + 1] = (int) (bits >> 32) < threshold ? 0 : raised;
      }
    }
  }
}
