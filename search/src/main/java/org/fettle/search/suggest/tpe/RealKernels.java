package org.fettle.search.suggest.tpe;

import org.fettle.search.numeric.TruncatedNormal;

/** Truncated normals of one width around values that every trial has. */
final class RealKernels implements Kernels {

  private static final double SQRT_2_PI = StrictMath.sqrt(2 * StrictMath.PI);

  private final double[] centres;
  private final double deviation;
  private final double curvature;

  RealKernels(double[] centres, double deviation) {
    this.centres = centres;
    this.deviation = deviation;
    curvature = 0.5 / (deviation * deviation);
  }

  /** Multiplies by what the cut at the ends of the interval adds to each kernel's height. */
  void multiplyCorrections(double[] factors) {
    TruncatedNormal.divideByMass(factors, centres, deviation);
  }

  /**
   * Adds what is left of each kernel's logarithm at 0. The square of the distance to a point is the
   * point's own square, the centre's, and {@link #slope} times the centre: many kernels at many
   * points are then sums of products.
   */
  void addLevels(double[] logs) {
    double height = -StrictMath.log(deviation * SQRT_2_PI);
    for (int i = 0; i < centres.length; i++) {
      logs[i] += height - curvature * (centres[i] * centres[i]);
    }
  }

  double[] centres() {
    return centres;
  }

  /** What each kernel's logarithm at a point has in addition, in units of its centre. */
  double slope(double unit) {
    return 2 * curvature * unit;
  }

  /** What every kernel's logarithm at a point has in addition, but for the prior's. */
  double level(double unit) {
    return -curvature * (unit * unit);
  }

  @Override
  public double draw(int kernel, double share) {
    return kernel == centres.length
        ? share
        : TruncatedNormal.quantile(centres[kernel], deviation, share);
  }
}
