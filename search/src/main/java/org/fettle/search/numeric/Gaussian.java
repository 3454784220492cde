package org.fettle.search.numeric;

import java.util.random.RandomGenerator;

/**
 * The standard normal distribution to 7.5e-8, which is enough where it meets statistics of few
 * observations, and draws from it that are the same to the last bit in every JVM. The tail is
 * formula 26.2.17 of M. Abramowitz, I. A. Stegun, 1964.
 */
public final class Gaussian {

  /** Beyond, tails are smaller than the formula's error. */
  private static final double EDGE = 6;

  private Gaussian() {}

  /** The probability of a smaller value. */
  public static double lower(double z) {
    return upper(-z);
  }

  /** The probability of a greater value. */
  public static double upper(double z) {
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

  /** The value that is passed with a probability, by bisection; within ±6. */
  public static double upperQuantile(double probability) {
    double low = -EDGE;
    double high = EDGE;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (upper(middle) > probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** A draw by the polar method of G. Marsaglia, T. A. Bray, 1964, doi:10.1137/1006063. */
  public static double draw(RandomGenerator random) {
    while (true) {
      double x = 2 * random.nextDouble() - 1;
      double y = 2 * random.nextDouble() - 1;
      double square = x * x + y * y;
      if (square > 0 && square < 1) {
        return x * Math.sqrt(-2 * StrictMath.log(square) / square);
      }
    }
  }
}
