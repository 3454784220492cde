package org.fettle.search.suggest.tpe;

/**
 * The kernels of a mixture along one dimension: one for each trial, in order, and a last one for
 * the prior. Where a trial has no value of the parameter its kernel is uniform, as the prior's is.
 */
interface Kernels {

  /**
   * What every choice of a categorical has besides the trials' own, in prior weights over n + 1.
   * Optuna has 1, with which a tree of options is now and then left for its second best.
   */
  double EVEN = 2;

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
      return CellKernels.unordered(dimension, points, EVEN * priorWeight / (active + 1));
    }
    double deviation = bandwidth.deviation(points);
    if (dimension.cells() > 0) {
      return CellKernels.ordered(dimension, points, deviation);
    }
    return dimension.conditional()
        ? new PartialKernels(points, deviation)
        : new RealKernels(points, deviation);
  }

  /** Kernels that are asked for their logarithms one by one, unlike {@link RealKernels}. */
  interface Single extends Kernels {

    /**
     * Adds the logarithm of each kernel's density, relative to the uniform one, at each point.
     *
     * @param units where, by point; NaN adds nothing
     * @param from the first kernel
     * @param length how many kernels
     * @param sums by point, then by kernel from {@code from} on
     */
    void addLogs(double[] units, int from, int length, double[][] sums);
  }
}
