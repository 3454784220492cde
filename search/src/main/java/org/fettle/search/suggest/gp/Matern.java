package org.fettle.search.suggest.gp;

/**
 * The Matérn kernel of smoothness 5/2 over squared distances: (1 + s + s²/3)·exp(−s) with s = √5·r.
 * Built on the four operations and the square root alone, so that it is fast and the same to the
 * last bit in every JVM.
 */
final class Matern {

  private static final double LOG2_E = 1.4426950408889634;
  // ln 2 in two parts, of which the first has so many zero bits that its multiples are exact.
  private static final double LN2_HIGH = 0x1.62e42feep-1;
  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  private Matern() {}

  /**
   * Writes kernel values and their slopes.
   *
   * @param squares squared distances r², which are overwritten
   * @param slopes receives −2·dk/d(r²) = 5/3·(1 + s)·exp(−s)
   */
  static void fill(double[] squares, int length, double[] values, double[] slopes) {
    for (int i = 0; i < length; i++) {
      squares[i] = Math.sqrt(5 * squares[i]);
    }
    for (int i = 0; i < length; i++) {
      slopes[i] = decay(squares[i]);
    }
    for (int i = 0; i < length; i++) {
      double s = squares[i];
      double decay = slopes[i];
      values[i] = (1 + s + s * s * (1.0 / 3)) * decay;
      slopes[i] = (5.0 / 3) * (1 + s) * decay;
    }
  }

  /** exp(−s) for s ≥ 0, within 2e-16 relative; 0 from 700 on. */
  static double decay(double s) {
    if (!(s < 700)) {
      return 0;
    }
    int halvings = (int) (s * LOG2_E + 0.5);
    double x = (halvings * LN2_HIGH - s) + halvings * LN2_LOW;
    // Taylor to x¹³ on |x| ≤ 0.347.
    double sum = 1.0 / 6227020800.0;
    sum = sum * x + 1.0 / 479001600;
    sum = sum * x + 1.0 / 39916800;
    sum = sum * x + 1.0 / 3628800;
    sum = sum * x + 1.0 / 362880;
    sum = sum * x + 1.0 / 40320;
    sum = sum * x + 1.0 / 5040;
    sum = sum * x + 1.0 / 720;
    sum = sum * x + 1.0 / 120;
    sum = sum * x + 1.0 / 24;
    sum = sum * x + 1.0 / 6;
    sum = sum * x + 0.5;
    sum = sum * x + 1;
    sum = sum * x + 1;
    return sum * Double.longBitsToDouble((long) (1023 - halvings) << 52);
  }
}
