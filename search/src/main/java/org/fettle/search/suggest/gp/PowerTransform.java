package org.fettle.search.suggest.gp;

/** The Yeo–Johnson transformation of highest likelihood; see {@link OutputWarp#POWER}. */
final class PowerTransform {

  private static final double LOWEST = -4;
  private static final double HIGHEST = 4;

  private PowerTransform() {}

  static double[] warped(double[] values) {
    // The likelihood has one maximum in the power: golden-section search.
    double ratio = 0.5 * (Math.sqrt(5) - 1);
    double low = LOWEST;
    double high = HIGHEST;
    double left = high - ratio * (high - low);
    double right = low + ratio * (high - low);
    double leftValue = likelihood(values, left);
    double rightValue = likelihood(values, right);
    while (high - low > 1e-3) {
      if (leftValue > rightValue) {
        high = right;
        right = left;
        rightValue = leftValue;
        left = high - ratio * (high - low);
        leftValue = likelihood(values, left);
      } else {
        low = left;
        left = right;
        leftValue = rightValue;
        right = low + ratio * (high - low);
        rightValue = likelihood(values, right);
      }
    }
    return transformed(values, 0.5 * (low + high));
  }

  private static double[] transformed(double[] values, double power) {
    double[] result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i] >= 0 ? raised(values[i], power) : -raised(-values[i], 2 - power);
    }
    return result;
  }

  /** ((1 + v)^power − 1) / power. */
  private static double raised(double value, double power) {
    double log = StrictMath.log1p(value);
    return Math.abs(power) < 1e-8 ? log : StrictMath.expm1(power * log) / power;
  }

  private static double likelihood(double[] values, double power) {
    double[] result = transformed(values, power);
    int n = values.length;
    double mean = 0;
    for (double each : result) {
      mean += each / n;
    }
    double square = 0;
    double jacobian = 0;
    for (int i = 0; i < n; i++) {
      square += (result[i] - mean) * (result[i] - mean) / n;
      jacobian += Math.copySign(StrictMath.log1p(Math.abs(values[i])), values[i]);
    }
    return (power - 1) * jacobian - 0.5 * n * StrictMath.log(Math.max(square, 1e-300));
  }
}
