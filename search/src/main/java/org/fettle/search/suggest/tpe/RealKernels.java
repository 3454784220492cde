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

  /**
   * Multiplies by each kernel's height at its centre. These factors are left out of {@link
   * #addLogs}: one logarithm then serves the heights of many dimensions.
   */
  void multiplyHeights(double[] heights) {
    for (int i = 0; i < centres.length; i++) {
      heights[i] *= height(centres[i], deviation);
    }
  }

  static double height(double centre, double deviation) {
    return 1 / (TruncatedNormal.mass(centre, deviation) * deviation * SQRT_2_PI);
  }

  @Override
  public void addLogs(double unit, int from, int length, double[] sums) {
    int trials = Math.min(length, centres.length - from);
    for (int i = 0; i < trials; i++) {
      double distance = unit - centres[from + i];
      sums[i] -= curvature * (distance * distance);
    }
  }

  @Override
  public double draw(int kernel, double share) {
    return kernel == centres.length
        ? share
        : TruncatedNormal.quantile(centres[kernel], deviation, share);
  }
}
