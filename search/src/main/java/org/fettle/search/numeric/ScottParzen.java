package org.fettle.search.numeric;

/**
 * Density estimates on a grid of equal cells, with the bandwidth of Scott's rule and a prior that
 * weighs as much as one observation.
 *
 * <p>D. W. Scott, <i>Multivariate Density Estimation</i>, 1992; as used by PED-ANOVA, S. Watanabe,
 * A. Bansal, F. Hutter, IJCAI 2023, arXiv 2304.10255.
 */
public final class ScottParzen {

  /** At least 90 % of a kernel's weight may lie in one cell. */
  private static final double LEAST_WIDTH = 0.5 / 1.64;

  private ScottParzen() {}

  /**
   * The probability of each cell of an ordered grid, given how many observations each has; uniform
   * kernels of normal shape, cut off at the ends of the grid. They sum up to 1.
   */
  public static double[] ordered(int[] counts) {
    int cells = counts.length;
    int total = 0;
    double mean = 0;
    for (int i = 0; i < cells; i++) {
      total += counts[i];
      mean += (double) counts[i] * i;
    }
    mean /= Math.max(1, total);
    double squares = 0;
    for (int i = 0; i < cells; i++) {
      squares += counts[i] * (i - mean) * (i - mean);
    }
    double deviation = Math.sqrt(squares / Math.max(1, total - 1));
    double quartiles = quartile(counts, total * 3 / 4, true) - quartile(counts, total / 4, false);
    double width =
        1.059 * Math.min(quartiles / 1.34, deviation) * StrictMath.pow(Math.max(1, total), -0.2);
    double[] probabilities = new double[cells];
    add(probabilities, (cells - 1) / 2.0, cells, 1.0 / (total + 1));
    for (int i = 0; i < cells; i++) {
      if (counts[i] > 0) {
        double weight = (double) counts[i] / (total + 1);
        add(probabilities, i, Math.max(width, LEAST_WIDTH), weight);
      }
    }
    return probabilities;
  }

  /** The probability of each of several values without order. */
  public static double[] unordered(int[] counts) {
    int total = 0;
    int kinds = 0;
    for (int count : counts) {
      total += count;
      kinds += count > 0 ? 1 : 0;
    }
    // Each kernel is mixed with the uniform one, as if it were one observation among the kernels.
    double share = 1.0 / (kinds + 1);
    double spread = share * counts.length;
    double[] probabilities = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      double observed = (counts[i] + total * share) / (1 + spread);
      probabilities[i] = (observed + 1.0 / counts.length) / (total + 1);
    }
    return probabilities;
  }

  /** The first cell with observations up to which there are so many, or more than so many. */
  private static int quartile(int[] counts, int rank, boolean beyond) {
    int seen = 0;
    int last = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        seen += counts[i];
        last = i;
        if (beyond ? seen > rank : seen >= rank) {
          return i;
        }
      }
    }
    return last;
  }

  private static void add(double[] probabilities, double centre, double width, double weight) {
    int cells = probabilities.length;
    double below = NormalDistribution.cumulative((-0.5 - centre) / width);
    double all = NormalDistribution.cumulative((cells - 0.5 - centre) / width) - below;
    for (int i = 0; i < cells; i++) {
      double above = NormalDistribution.cumulative((i + 0.5 - centre) / width);
      probabilities[i] += weight * (above - below) / all;
      below = above;
    }
  }
}
