package org.fettle.search.suggest.tpe;

import java.util.Arrays;

/**
 * A density over assignments, relative to the uniform one: a weighted sum of products of {@link
 * Kernels}, a product for each trial and a uniform one for the prior. A tree of parameters needs
 * nothing more: a product runs over the parameters that are active at the point.
 */
final class Mixture {

  /** Kernels at a time, so that their columns stay in the cache for all points. */
  private static final int TILE = 512;

  /** Heights to multiply before they could overflow: each is below 10⁴. */
  private static final int MOST_HEIGHTS = 64;

  /** What is e⁻³⁷ of the greatest is lost in the sum's last bit. */
  private static final double NEGLIGIBLE = 37;

  private final int[] dimensions;
  private final Kernels[] kernels;

  /** Of each product, with the heights of those kernels that leave them out. */
  private final double[] logWeights;

  private final double[] cumulative;

  /**
   * A mixture over some dimensions.
   *
   * @param dimensions places in the points that {@link #logs} takes
   * @param kernels for each dimension
   * @param weights of the trials, then of the prior
   */
  Mixture(int[] dimensions, Kernels[] kernels, double[] weights) {
    this.dimensions = dimensions;
    this.kernels = kernels;
    cumulative = weights.clone();
    for (int i = 1; i < weights.length; i++) {
      cumulative[i] += cumulative[i - 1];
    }
    double[] factors = weights.clone();
    double total = cumulative[weights.length - 1];
    for (int i = 0; i < factors.length; i++) {
      factors[i] /= total;
    }
    logWeights = new double[weights.length];
    int multiplied = 0;
    for (Kernels each : kernels) {
      if (each instanceof RealKernels real) {
        real.multiplyHeights(factors);
        multiplied++;
        if (multiplied % MOST_HEIGHTS == 0) {
          takeLogs(factors);
        }
      }
    }
    takeLogs(factors);
  }

  private void takeLogs(double[] factors) {
    for (int i = 0; i < factors.length; i++) {
      logWeights[i] += StrictMath.log(factors[i]);
    }
    Arrays.fill(factors, 1);
  }

  /** Which product to draw from. */
  int pick(double share) {
    double target = share * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, target);
    return Math.min(cumulative.length - 1, found < 0 ? -found - 1 : found + 1);
  }

  /** Draws a place from one product along the dimension at a place of the given dimensions. */
  double draw(int product, int dimension, double share) {
    return kernels[dimension].draw(product, share);
  }

  /** The logarithm of the density at each point; NaN stands for an inactive parameter. */
  double[] logs(double[][] points) {
    double[] greatest = new double[points.length];
    double[] sums = new double[points.length];
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
    double[] tile = new double[TILE];
    for (int from = 0; from < logWeights.length; from += TILE) {
      int length = Math.min(TILE, logWeights.length - from);
      for (int p = 0; p < points.length; p++) {
        fill(tile, points[p], from, length);
        double top = greatest[p];
        for (int i = 0; i < length; i++) {
          top = Math.max(top, tile[i]);
        }
        double sum = sums[p] * StrictMath.exp(greatest[p] - top);
        for (int i = 0; i < length; i++) {
          double below = tile[i] - top;
          if (below > -NEGLIGIBLE) {
            sum += StrictMath.exp(below);
          }
        }
        greatest[p] = top;
        sums[p] = sum;
      }
    }
    for (int p = 0; p < points.length; p++) {
      sums[p] = greatest[p] + StrictMath.log(sums[p]);
    }
    return sums;
  }

  private void fill(double[] tile, double[] point, int from, int length) {
    System.arraycopy(logWeights, from, tile, 0, length);
    for (int i = 0; i < dimensions.length; i++) {
      double unit = point[dimensions[i]];
      if (!Double.isNaN(unit)) {
        kernels[i].addLogs(unit, from, length, tile);
      }
    }
  }
}
