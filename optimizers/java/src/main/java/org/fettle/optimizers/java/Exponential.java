package org.fettle.optimizers.java;

/**
 * exp and its relatives in single precision, within two units in the last place: the reduction and
 * polynomials of the Cephes library (Moshier 1989). {@link Math#exp} takes four times as long.
 */
final class Exponential {

  private static final float LOWEST = -87.33654f;
  private static final float HIGHEST = 88.37626f;

  /** Added and taken off again, it rounds to a whole number, which the lowest bits then hold. */
  private static final float ROUND = 12582912f;

  private static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);

  private Exponential() {}

  /** exp(x), for x cut off where the result would not be a normal number. */
  static float exp(float x) {
    float cut = Math.max(LOWEST, Math.min(HIGHEST, x));
    float rounded = cut * 1.442695f + ROUND;
    int power = Float.floatToRawIntBits(rounded) - ROUND_BITS;
    float whole = rounded - ROUND;
    float r = cut - whole * 0.6933594f + whole * 2.1219444e-4f;
    float p = 1.9875691e-4f;
    p = p * r + 0.0013981999f;
    p = p * r + 0.008333452f;
    p = p * r + 0.041665796f;
    p = p * r + 0.16666666f;
    p = p * r + 0.5f;
    return (p * r * r + r + 1) * Float.intBitsToFloat((power + 127) << 23);
  }

  static float sigmoid(float x) {
    return 1 / (1 + exp(-x));
  }
}
