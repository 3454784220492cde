package org.fettle.search.numeric;

/** Sums of exponentials, a few times quicker than {@link StrictMath#exp} and as reproducible. */
public final class Exponentials {

  /** The least exponent that a double has room for; lost in any sum with the greatest. */
  private static final double NEGLIGIBLE = -700;

  private static final double LN_2 = StrictMath.log(2);
  private static final double LOG2_E = 1 / LN_2;
  private static final double ROUNDING = 0x1.8p52;

  private Exponentials() {}

  /**
   * Returns the sum of {@code factors[from + i] · exp(exponents[i] − top)}, to a relative 1e-8, and
   * leaves other values in {@code exponents}.
   *
   * @param top at least the greatest exponent; factors should be of like size
   */
  public static double sum(double[] exponents, double top, double[] factors, int from, int length) {
    // Two passes: the first is vector instructions, which the second cannot be.
    double[] shifted = new double[length];
    for (int i = 0; i < length; i++) {
      double x = Math.max(NEGLIGIBLE, exponents[i] - top);
      double place = x * LOG2_E + ROUNDING;
      double r = x - (place - ROUNDING) * LN_2;
      shifted[i] = place;
      exponents[i] = factors[from + i] * polynomial(r);
    }
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += exponents[i] * power(shifted[i]);
    }
    return sum;
  }

  /** The greatest of some exponents and another; several times quicker than by {@code Math.max}. */
  public static double max(double[] exponents, int length, double other) {
    double max = other;
    for (int i = 0; i < length; i++) {
      if (exponents[i] > max) {
        max = exponents[i];
      }
    }
    return max;
  }

  /**
   * The exponential of −700 to 0, to a relative 1e-8: a power of two times a Taylor polynomial on
   * ±½ ln 2. Adding 1.5 · 2⁵² rounds to a whole number and leaves it in the lowest bits.
   */
  static double ofNonPositive(double x) {
    double shifted = x * LOG2_E + ROUNDING;
    double r = x - (shifted - ROUNDING) * LN_2;
    return polynomial(r) * power(shifted);
  }

  private static double polynomial(double r) {
    double r2 = r * r;
    double high = (1 / 24.0 + r * (1 / 120.0)) + r2 * (1 / 720.0 + r * (1 / 5040.0));
    return (1 + r) + r2 * ((0.5 + r * (1 / 6.0)) + r2 * high);
  }

  private static double power(double shifted) {
    return Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) + 1023) << 52);
  }
}
