package org.fettle.search.suggest.tpe;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.fettle.search.numeric.Exponentials;
import org.fettle.search.numeric.LinearCombination;
import org.jspecify.annotations.Nullable;

/**
 * A density over assignments, relative to the uniform one: a weighted sum of products of {@link
 * Kernels}, a product for each trial and a uniform one for the prior. A tree of parameters needs
 * nothing more: a product runs over the parameters that are active at the point.
 */
final class Mixture {

  /** Kernels at a time, so that their columns stay in the cache for all points. */
  private static final int TILE = 512;

  /** Corrections to multiply before they could overflow: each is below 3. */
  private static final int MOST_CORRECTIONS = 256;

  private final int[] dimensions;
  private final Kernels[] kernels;

  /** Each product's share, with what {@link RealKernels} leave to it. */
  private final double[] factors;

  /** The logarithm of a further factor. */
  private final double[] logFactors;

  /** Where in {@link #kernels} there are {@link RealKernels}, and their centres. */
  private final int[] reals;

  private final double[][] centres;

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
    factors = weights.clone();
    double total = cumulative[weights.length - 1];
    for (int i = 0; i < factors.length; i++) {
      factors[i] /= total;
    }
    logFactors = new double[weights.length];
    reals = IntStream.range(0, kernels.length).filter(i -> real(i) != null).toArray();
    centres = new double[reals.length][];
    for (int i = 0; i < reals.length; i++) {
      RealKernels real = requireNonNull(real(reals[i]));
      centres[i] = real.centres();
      real.addLevels(logFactors);
      real.multiplyCorrections(factors);
      if ((i + 1) % MOST_CORRECTIONS == 0) {
        takeLogs();
      }
    }
  }

  private @Nullable RealKernels real(int place) {
    return kernels[place] instanceof RealKernels real ? real : null;
  }

  private void takeLogs() {
    for (int i = 0; i < factors.length; i++) {
      logFactors[i] += StrictMath.log(factors[i]);
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
    double[][] units = new double[dimensions.length][points.length];
    for (int i = 0; i < dimensions.length; i++) {
      for (int p = 0; p < points.length; p++) {
        units[i][p] = points[p][dimensions[i]];
      }
    }
    double[][] slopes = new double[points.length][reals.length];
    double[] levels = new double[points.length];
    for (int i = 0; i < reals.length; i++) {
      RealKernels real = requireNonNull(real(reals[i]));
      for (int p = 0; p < points.length; p++) {
        slopes[p][i] = real.slope(units[reals[i]][p]);
        levels[p] += real.level(units[reals[i]][p]);
      }
    }
    double[] greatest = new double[points.length];
    double[] sums = new double[points.length];
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
    double[][] tile = new double[points.length][TILE];
    int prior = logFactors.length - 1;
    for (int from = 0; from <= prior; from += TILE) {
      int length = Math.min(TILE, logFactors.length - from);
      int trials = Math.min(length, prior - from);
      for (int p = 0; p < points.length; p++) {
        System.arraycopy(logFactors, from, tile[p], 0, length);
        LinearCombination.add(centres, slopes[p], from, trials, tile[p]);
        if (trials < length) {
          tile[p][trials] -= levels[p];
        }
      }
      for (int i = 0; i < kernels.length; i++) {
        if (kernels[i] instanceof Kernels.Single single) {
          single.addLogs(units[i], from, length, tile);
        }
      }
      for (int p = 0; p < points.length; p++) {
        double top = Exponentials.max(tile[p], length, greatest[p]);
        double sum = sums[p] * StrictMath.exp(greatest[p] - top);
        sums[p] = sum + Exponentials.sum(tile[p], top, factors, from, length);
        greatest[p] = top;
      }
    }
    for (int p = 0; p < points.length; p++) {
      sums[p] = levels[p] + greatest[p] + StrictMath.log(sums[p]);
    }
    return sums;
  }
}
