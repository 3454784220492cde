package org.fettle.search.numeric;

/**
 * Probabilities of the normal distribution to 7.5e-8, which is enough where they meet statistics of
 * few observations: formula 26.2.17 of M. Abramowitz, I. A. Stegun, 1964.
 */
final class NormalTail {

  private NormalTail() {}

  static double lower(double z) {
    return upper(-z);
  }

  static double upper(double z) {
    if (z < 0) {
      return 1 - upper(-z);
    }
    double t = 1 / (1 + 0.2316419 * z);
    double series =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return StrictMath.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * series;
  }
}
