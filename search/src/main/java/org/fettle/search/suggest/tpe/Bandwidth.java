package org.fettle.search.suggest.tpe;

/**
 * How wide kernels are. Scott's rule n^(−1/(d+4)) times the spread of the points, to which one
 * uniform pseudo-point is added: few points make broad kernels, points that agree narrow ones. All
 * kernels of a dimension share a width.
 *
 * <p>S. Watanabe, <i>Tree-Structured Parzen Estimator</i>, arXiv 2304.11127, compares the rules; D.
 * W. Scott, <i>Multivariate Density Estimation</i>, 1992.
 *
 * @param factor times Scott's rule
 * @param dimensions how many parameters the kernels are products over
 * @param narrowest in units of the parameter's range
 */
record Bandwidth(double factor, double dimensions, double narrowest) {

  private static final double UNIFORM_VARIANCE = 1.0 / 12;

  /** The standard deviation of kernels around the given points, of which NaN are left out. */
  double deviation(double[] points) {
    int n = 0;
    double sum = 0;
    double sumOfSquares = 0;
    for (double point : points) {
      if (!Double.isNaN(point)) {
        double fromMiddle = point - 0.5;
        n++;
        sum += fromMiddle;
        sumOfSquares += fromMiddle * fromMiddle;
      }
    }
    double squares = UNIFORM_VARIANCE + (n == 0 ? 0 : Math.max(0, sumOfSquares - sum * sum / n));
    double spread = StrictMath.sqrt(squares / (n + 1));
    double scott = StrictMath.pow(Math.max(1, n), -1 / (dimensions + 4));
    return Math.max(narrowest, Math.min(1, factor * spread * scott));
  }

  /** How many points there are, without NaN. */
  static int count(double[] points) {
    int count = 0;
    for (double point : points) {
      count += Double.isNaN(point) ? 0 : 1;
    }
    return count;
  }
}
