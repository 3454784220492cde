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
   * Multiplies by what the cut at the ends of the interval adds to each kernel's height. These
   * factors and {@link #logHeight} are left out of {@link #addLogs}, which is then but a square.
   */
  void multiplyCorrections(double[] factors) {
    TruncatedNormal.divideByMass(factors, centres, deviation);
  }

  /** The logarithm of every kernel's height at its centre, but for the correction. */
  double logHeight() {
    return -StrictMath.log(deviation * SQRT_2_PI);
  }

  @Override
  public void addLogs(double[] units, int from, int length, double[][] sums) {
    int trials = Math.min(length, centres.length - from);
    for (int p = 0; p < units.length; p++) {
      subtractSquares(units[p], from, trials, sums[p]);
    }
  }

  private void subtractSquares(double unit, int from, int trials, double[] sums) {
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
