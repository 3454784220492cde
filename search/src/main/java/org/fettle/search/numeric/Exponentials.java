package org.fettle.search.numeric;

/** Sums of exponentials, a few times quicker than {@link StrictMath#exp} and as reproducible. */
public final class Exponentials {

  /** What is e⁻⁴⁰ of the greatest is lost in the sum's last bit. */
  private static final double NEGLIGIBLE = -40;

  private static final double LN_2 = StrictMath.log(2);
  private static final double LOG2_E = 1 / LN_2;
  private static final double ROUNDING = 0x1.8p52;

  private Exponentials() {}

  /**
   * Returns the sum of {@code factors[from + i] · exp(exponents[i] − top)}, to a relative 1e-8.
   *
   * @param top at least the greatest exponent; factors should be of like size
   */
  public static double sum(double[] exponents, double top, double[] factors, int from, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double below = exponents[i] - top;
      if (below > NEGLIGIBLE) {
        sum += factors[from + i] * ofNonPositive(below);
      }
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
    double r2 = r * r;
    double high = (1 / 24.0 + r * (1 / 120.0)) + r2 * (1 / 720.0 + r * (1 / 5040.0));
    double polynomial = (1 + r) + r2 * ((0.5 + r * (1 / 6.0)) + r2 * high);
    long whole = Double.doubleToRawLongBits(shifted) + 1023;
    return polynomial * Double.longBitsToDouble(whole << 52);
  }
}
