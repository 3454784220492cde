package org.fettle.search.numeric;

import java.util.Arrays;

/**
 * How far two measurements of the same things agree, from −1 to 1. NaN where one of them does not
 * vary, so that there is nothing to agree on.
 */
public final class Correlation {

  private Correlation() {}

  /** Of the values: 1 where one is a multiple of the other. */
  public static double pearson(double[] one, double[] other) {
    double mean = Arrays.stream(one).average().orElse(0);
    double otherMean = Arrays.stream(other).average().orElse(0);
    double both = 0;
    double squares = 0;
    double otherSquares = 0;
    for (int i = 0; i < one.length; i++) {
      both += (one[i] - mean) * (other[i] - otherMean);
      squares += (one[i] - mean) * (one[i] - mean);
      otherSquares += (other[i] - otherMean) * (other[i] - otherMean);
    }
    return both / Math.sqrt(squares) / Math.sqrt(otherSquares);
  }

  /** Of the ranks: 1 where both have one order. */
  public static double spearman(double[] one, double[] other) {
    return pearson(ranks(one), ranks(other));
  }

  private static double[] ranks(double[] values) {
    return Arrays.stream(Ranks.doubled(values)).asDoubleStream().toArray();
  }

  /**
   * Kendall's τ (M. G. Kendall, 1938): the pairs that both have in the same order less those that
   * they do not, over all pairs; 0 for fewer than two values.
   */
  public static double kendall(double[] one, double[] other) {
    long sum = 0;
    for (int i = 0; i < one.length; i++) {
      for (int j = 0; j < i; j++) {
        sum +=
            (long) Integer.signum(Double.compare(one[i], one[j]))
                * Integer.signum(Double.compare(other[i], other[j]));
      }
    }
    return one.length < 2 ? 0 : sum / (one.length * (one.length - 1.0) / 2);
  }

  /**
   * The standard deviation of τ over samples of so many that have nothing to do with each other.
   */
  public static double kendallByChance(int size) {
    return size < 2 ? 0 : Math.sqrt(2 * (2.0 * size + 5) / (9.0 * size * (size - 1)));
  }
}
