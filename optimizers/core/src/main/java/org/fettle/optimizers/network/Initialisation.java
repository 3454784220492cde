package org.fettle.optimizers.network;

import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.fettle.search.settings.Setting;

/**
 * How weights begin; biases begin at zero. <i>in</i> and <i>out</i> are the numbers of a layer's
 * inputs and units. Names reach files: add, never rename.
 */
public enum Initialisation {
  /** Normal with variance 2 / in: He et al. 2015, doi:10.1109/ICCV.2015.123. */
  HE,
  /** Uniform with variance 2 / in. */
  HE_UNIFORM,
  /** Normal with variance 2 / (in + out): Glorot and Bengio 2010. */
  XAVIER,
  /** Uniform with variance 2 / (in + out). */
  XAVIER_UNIFORM,
  /** Normal with variance 1 / in: LeCun et al. 1998, Efficient BackProp. */
  LECUN,
  /** Uniform with variance 1 / in. */
  LECUN_UNIFORM,
  /**
   * Units' incoming weights of length 1 at right angles to each other, as many as there can be;
   * where there are more units than inputs, it is the inputs' outgoing weights. Saxe et al. 2014,
   * arXiv:1312.6120.
   */
  ORTHOGONAL,
  /** All zero: right for a network without hidden layers only. */
  ZERO;

  /** The setting of a network that learns hidden layers, by default {@code he}. */
  public static Setting setting() {
    return Setting.word(
            "initialisation",
            Arrays.stream(values())
                .filter(each -> each != ZERO)
                .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList(),
            "how the weights of each layer begin")
        .or("he");
  }

  /**
   * Gives weights their first values.
   *
   * @param perUnit how many lie together that lead into one unit
   */
  public void fill(
      float[] weights, int perUnit, double fanIn, double fanOut, RandomGenerator random) {
    switch (this) {
      case HE -> normal(weights, 2 / fanIn, random);
      case HE_UNIFORM -> uniform(weights, 2 / fanIn, random);
      case XAVIER -> normal(weights, 2 / (fanIn + fanOut), random);
      case XAVIER_UNIFORM -> uniform(weights, 2 / (fanIn + fanOut), random);
      case LECUN -> normal(weights, 1 / fanIn, random);
      case LECUN_UNIFORM -> uniform(weights, 1 / fanIn, random);
      case ORTHOGONAL -> Orthogonal.fill(weights, perUnit, random);
      case ZERO -> Arrays.fill(weights, 0);
    }
  }

  private static void normal(float[] weights, double variance, RandomGenerator random) {
    double deviation = Math.sqrt(variance);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (deviation * random.nextGaussian());
    }
  }

  private static void uniform(float[] weights, double variance, RandomGenerator random) {
    double bound = Math.sqrt(3 * variance);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextDouble(-bound, bound);
    }
  }
}
