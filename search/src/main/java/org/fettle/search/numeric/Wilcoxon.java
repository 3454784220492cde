package org.fettle.search.numeric;

import java.util.Arrays;

/**
 * The Wilcoxon signed-rank test of paired samples, one-sided. Equal magnitudes share their mean
 * rank; a zero is ranked and counts half to either side.
 *
 * <p>F. Wilcoxon, <i>Individual Comparisons by Ranking Methods</i>, 1945, doi:10.2307/3001968.
 */
public final class Wilcoxon {

  /** Up to here all signs are counted out; the normal approximation is good to 1e-3 beyond. */
  private static final int EXACT = 50;

  private Wilcoxon() {}

  /**
   * The probability, were each difference as likely to have either sign, of a rank sum of the
   * positive ones at least as great as that seen. Small where the differences lean to positive.
   */
  public static double greater(double[] differences) {
    int size = differences.length;
    if (size == 0) {
      return 1;
    }
    // Twice the mean rank is whole, and so is twice the rank sum up to the zeros' halves.
    int[] doubledRanks = Ranks.doubled(Arrays.stream(differences).map(Math::abs).toArray());
    int[] signed = new int[size];
    int nonZero = 0;
    int positive = 0;
    for (int i = 0; i < size; i++) {
      if (differences[i] != 0) {
        signed[nonZero++] = doubledRanks[i];
        positive += differences[i] > 0 ? doubledRanks[i] : 0;
      }
    }
    signed = Arrays.copyOf(signed, nonZero);
    return nonZero <= EXACT ? exact(signed, positive) : normal(signed, positive);
  }

  /** Counts in how many of all choices of signs the sum is as great: a knapsack over the sums. */
  private static double exact(int[] ranks, int sum) {
    double[] chance = new double[Arrays.stream(ranks).sum() + 1];
    chance[0] = 1;
    int most = 0;
    for (int rank : ranks) {
      most += rank;
      for (int i = most; i >= 0; i--) {
        chance[i] = (chance[i] + (i >= rank ? chance[i - rank] : 0)) / 2;
      }
    }
    double tail = 0;
    for (int i = chance.length - 1; i >= sum; i--) {
      tail += chance[i];
    }
    return Math.min(1, tail);
  }

  /** With a correction for continuity of half a rank. */
  private static double normal(int[] ranks, int sum) {
    double mean = Arrays.stream(ranks).sum() / 2.0;
    double variance = Arrays.stream(ranks).mapToDouble(rank -> (double) rank * rank).sum() / 4;
    return NormalDistribution.cumulative((mean - sum + 1) / Math.sqrt(variance));
  }
}
