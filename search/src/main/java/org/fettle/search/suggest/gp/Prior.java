package org.fettle.search.suggest.gp;

/**
 * What is believed of hyperparameters before any trial, as a penalty on their logarithms.
 *
 * <p>A length scale is log-normal with location √2 + ½·ln d and scale √3: the more parameters, the
 * less each is expected to matter, which keeps distances, and hence the model's complexity, the
 * same in any dimension. C. Hvarfner, E. O. Hellsten, L. Nardi, <i>Vanilla Bayesian Optimization
 * Performs Great in High Dimensions</i>, ICML 2024, <a
 * href="https://arxiv.org/abs/2402.02229">arXiv:2402.02229</a>. The noise variance is log-normal
 * with location −8 and spread 2, which lets scores without noise be fitted as such; −4 and 1 did
 * worse on all functions but one of eight.
 */
record Prior(double scaleLocation, double scaleSpread, double noiseLocation, double noiseSpread) {

  private static final double NOISE_LOCATION = -8;
  private static final double NOISE_SPREAD = 2;

  static final double LOWEST_NOISE = 1e-6;
  static final double SHORTEST = 0.02;
  static final double LONGEST = 1e3;

  static Prior forDimensions(int dimensions) {
    return new Prior(
        Math.sqrt(2) + 0.5 * StrictMath.log(Math.max(1, dimensions)),
        Math.sqrt(3),
        NOISE_LOCATION,
        NOISE_SPREAD);
  }

  /** The length scale of highest density. */
  double commonScale() {
    return StrictMath.exp(scaleLocation - scaleSpread * scaleSpread);
  }

  /** Minus the log density of a length scale, up to a constant, by its logarithm. */
  double scalePenalty(double log) {
    double z = (log - scaleLocation) / scaleSpread;
    return 0.5 * z * z + log;
  }

  double scaleSlope(double log) {
    return (log - scaleLocation) / (scaleSpread * scaleSpread) + 1;
  }

  double noisePenalty(double log) {
    double z = (log - noiseLocation) / noiseSpread;
    return 0.5 * z * z + log;
  }

  double noiseSlope(double log) {
    return (log - noiseLocation) / (noiseSpread * noiseSpread) + 1;
  }
}
