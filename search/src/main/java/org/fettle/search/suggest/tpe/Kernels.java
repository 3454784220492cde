package org.fettle.search.suggest.tpe;

/**
 * The kernels of a mixture along one dimension: one for each trial, in order, and a last one for
 * the prior. Where a trial has no value of the parameter its kernel is uniform, as the prior's is.
 */
interface Kernels {

  /**
   * Adds the logarithm of each kernel's density, relative to the uniform one.
   *
   * @param unit where
   * @param from the first kernel
   * @param sums for as many kernels as there are from {@code from} on, at most
   * @param length how many kernels
   */
  void addLogs(double unit, int from, int length, double[] sums);

  /**
   * Draws a place from one kernel.
   *
   * @param share from 0 to 1: how much of the kernel lies below
   */
  double draw(int kernel, double share);

  /** The kernels that suit a dimension, around points of which NaN stands for no value. */
  static Kernels of(Dimension dimension, double[] points, Bandwidth bandwidth, double priorWeight) {
    if (dimension.categorical()) {
      int active = Bandwidth.count(points);
      return CellKernels.unordered(dimension, points, priorWeight / (active + 1));
    }
    double deviation = bandwidth.deviation(points);
    if (dimension.cells() > 0) {
      return CellKernels.ordered(dimension, points, deviation);
    }
    return dimension.conditional()
        ? new PartialKernels(points, deviation)
        : new RealKernels(points, deviation);
  }
}
