package org.fettle.optimizers.dl4j;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.fettle.optimizers.network.Initialisation;

/** The values that parameters begin with. */
final class Initialiser {

  private Initialiser() {}

  static float[] values(
      Parameters parameters, Initialisation initialisation, RandomGenerator random) {
    float[] values = new float[parameters.length()];
    for (Block block : parameters.blocks()) {
      int end = block.offset() + block.length();
      if (block.role() == Block.Role.WEIGHTS) {
        double deviation = deviation(initialisation, block);
        for (int i = block.offset(); i < end && deviation > 0; i++) {
          values[i] = (float) (deviation * random.nextGaussian());
        }
      } else {
        Arrays.fill(values, block.offset(), end, block.initial());
      }
    }
    return values;
  }

  private static double deviation(Initialisation initialisation, Block block) {
    return switch (initialisation) {
      case HE -> Math.sqrt(2.0 / block.fanIn());
      case XAVIER -> Math.sqrt(2.0 / (block.fanIn() + block.fanOut()));
      case ZERO -> 0;
    };
  }
}
