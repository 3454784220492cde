package org.fettle.search.numeric;

/**
 * Normal distributions cut off outside the unit interval, whose mean lies within it. Basic
 * arithmetic, {@code sqrt} and {@link StrictMath} alone, so that results are equal on every JVM.
 */
public final class TruncatedNormal {

  private static final double SQRT_2_PI = StrictMath.sqrt(2 * StrictMath.PI);

  /** Cubic interpolation at this spacing is exact to 2e-11. */
  private static final int NODES_PER_UNIT = 128;

  /** From here on the distribution function is 1 to the last bit. */
  private static final int LAST = 9;

  private static final double[] CDF = new double[LAST * NODES_PER_UNIT + 1];
  private static final double[] SLOPE = new double[LAST * NODES_PER_UNIT + 1];

  static {
    for (int i = 0; i < CDF.length; i++) {
      double z = (double) i / NODES_PER_UNIT;
      CDF[i] = exactCdf(z);
      SLOPE[i] = density(z) / NODES_PER_UNIT;
    }
  }

  private TruncatedNormal() {}

  /** How much of a normal distribution lies within the unit interval. */
  public static double mass(double mean, double deviation) {
    return cdf((1 - mean) / deviation) + cdf(mean / deviation) - 1;
  }

  /** Divides each factor by the {@link #mass} around its mean. */
  public static void divideByMass(double[] factors, double[] means, double deviation) {
    double nodes = NODES_PER_UNIT / deviation;
    for (int i = 0; i < means.length; i++) {
      double above = upperCdf((1 - means[i]) * nodes);
      double below = upperCdf(means[i] * nodes);
      factors[i] /= above + below - 1;
    }
  }

  /** The share of the truncated distribution between two points of the unit interval. */
  public static double between(double mean, double deviation, double from, double to) {
    double low = (from - mean) / deviation;
    double high = (to - mean) / deviation;
    // In the upper tail a difference of lower-tail probabilities would cancel.
    double part = low > 0 ? cdf(-low) - cdf(-high) : cdf(high) - cdf(low);
    return part / mass(mean, deviation);
  }

  /** The density of the truncated distribution at a point of the unit interval. */
  public static double density(double mean, double deviation, double at) {
    return density((at - mean) / deviation) / (deviation * mass(mean, deviation));
  }

  /** The point below which the share {@code unit} of the truncated distribution lies. */
  public static double quantile(double mean, double deviation, double unit) {
    double below = cdf(-mean / deviation);
    double z = quantile(below + unit * mass(mean, deviation));
    return Math.max(0, Math.min(1, mean + deviation * z));
  }

  /** The standard normal distribution function, to 2e-11. */
  static double cdf(double z) {
    return z < 0 ? 1 - upperCdf(-z * NODES_PER_UNIT) : upperCdf(z * NODES_PER_UNIT);
  }

  /** The distribution function at or above 0, in nodes. */
  private static double upperCdf(double place) {
    if (!(place < LAST * NODES_PER_UNIT)) {
      return 1;
    }
    int node = (int) place;
    double t = place - node;
    double rise = CDF[node + 1] - CDF[node];
    double s0 = SLOPE[node];
    double cubic = s0 + SLOPE[node + 1] - 2 * rise;
    return CDF[node] + t * (s0 + t * (rise - s0 - cubic + t * cubic));
  }

  private static double density(double z) {
    return StrictMath.exp(-0.5 * z * z) / SQRT_2_PI;
  }

  /** Φ(z) = ½ + φ(z) · (z + z³/3 + z⁵/(3·5) + …), for z ≥ 0; G. Marsaglia, J. Stat. Soft. 11(4). */
  private static double exactCdf(double z) {
    double term = z;
    double sum = z;
    for (int i = 3; term > sum * 1e-17; i += 2) {
      term *= z * z / i;
      sum += term;
    }
    return 0.5 + density(z) * sum;
  }

  /** The standard normal quantile: P. J. Acklam's rational approximation, relative error 1.2e-9. */
  private static double quantile(double p) {
    if (p <= 0 || p >= 1) {
      return p <= 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (p < 0.02425) {
      return tail(StrictMath.sqrt(-2 * StrictMath.log(p)));
    }
    if (p > 1 - 0.02425) {
      return -tail(StrictMath.sqrt(-2 * StrictMath.log(1 - p)));
    }
    double q = p - 0.5;
    double r = q * q;
    double above =
        ((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r
                        + 1.383577518672690e+02)
                    * r
                - 3.066479806614716e+01)
            * r;
    double below =
        ((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r
                        + 6.680131188771972e+01)
                    * r
                - 1.328068155288572e+01)
            * r;
    return (above + 2.506628277459239e+00) * q / (below + 1);
  }

  private static double tail(double q) {
    double above =
        (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q
                            - 2.549732539343734e+00)
                        * q
                    + 4.374664141464968e+00)
                * q
            + 2.938163982698783e+00);
    double below =
        ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q
                    + 3.754408661907416e+00)
                * q
            + 1);
    return above / below;
  }
}
