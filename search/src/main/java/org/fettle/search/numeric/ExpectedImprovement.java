package org.fettle.search.numeric;

/**
 * The logarithm of the expected improvement of a standard normal value, without loss in the tail.
 *
 * <p>S. Ament et al., <i>Unexpected Improvements to Expected Improvement for Bayesian
 * Optimization</i>, NeurIPS 2023, <a href="https://arxiv.org/abs/2310.20708">arXiv:2310.20708</a>.
 */
public final class ExpectedImprovement {

  /** Above, the sum φ + zΦ has no cancellation to speak of. */
  private static final double CENTRE = -1;

  /** Below, 1 + zΦ/φ has lost so many digits that its series is better. */
  private static final double TAIL = -100;

  private ExpectedImprovement() {}

  /** log E[max(0, z + ε)] with ε standard normal; finite for every finite {@code z}. */
  public static double log(double z) {
    if (z > CENTRE) {
      return StrictMath.log(NormalDistribution.density(z) + z * NormalDistribution.cumulative(z));
    }
    return NormalDistribution.logDensity(z) + StrictMath.log(remainder(z));
  }

  /** The derivative of {@link #log}: Φ / (φ + zΦ). */
  public static double logSlope(double z) {
    if (z > CENTRE) {
      double cumulative = NormalDistribution.cumulative(z);
      return cumulative / (NormalDistribution.density(z) + z * cumulative);
    }
    return NormalDistribution.millsRatio(z) / remainder(z);
  }

  /** 1 + zΦ(z)/φ(z), which is 1/z² − 3/z⁴ + 15/z⁶ − … in the tail. */
  private static double remainder(double z) {
    if (z > TAIL) {
      return 1 + z * NormalDistribution.millsRatio(z);
    }
    double square = 1 / (z * z);
    return square * (1 - square * (3 - square * (15 - 105 * square)));
  }
}
