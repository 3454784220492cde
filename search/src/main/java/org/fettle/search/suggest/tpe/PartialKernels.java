package org.fettle.search.suggest.tpe;

import org.fettle.search.numeric.TruncatedNormal;

/** Truncated normals of one width around the values of those trials that have one. */
final class PartialKernels implements Kernels.Single {

  private final double[] centres;
  private final double deviation;

  /** Of the exponent; 0 makes a kernel uniform. */
  private final double[] curvatures;

  /** Logarithms of the heights at the centres. */
  private final double[] levels;

  /**
   * The kernels around points.
   *
   * @param points NaN where a trial has none
   */
  PartialKernels(double[] points, double deviation) {
    this.deviation = deviation;
    centres = points.clone();
    curvatures = new double[points.length];
    levels = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      if (Double.isNaN(points[i])) {
        centres[i] = 0;
      } else {
        curvatures[i] = 0.5 / (deviation * deviation);
        levels[i] = StrictMath.log(TruncatedNormal.density(points[i], deviation, points[i]));
      }
    }
  }

  @Override
  public void addLogs(double[] units, int from, int length, double[][] sums) {
    int trials = Math.min(length, centres.length - from);
    for (int p = 0; p < units.length; p++) {
      if (!Double.isNaN(units[p])) {
        addLogs(units[p], from, trials, sums[p]);
      }
    }
  }

  private void addLogs(double unit, int from, int trials, double[] sums) {
    for (int i = 0; i < trials; i++) {
      double distance = unit - centres[from + i];
      sums[i] += levels[from + i] - curvatures[from + i] * (distance * distance);
    }
  }

  @Override
  public double draw(int kernel, double share) {
    boolean uniform = kernel == centres.length || curvatures[kernel] == 0;
    return uniform ? share : TruncatedNormal.quantile(centres[kernel], deviation, share);
  }
}
