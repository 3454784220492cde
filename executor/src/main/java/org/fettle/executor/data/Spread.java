package org.fettle.executor.data;

import java.util.Arrays;

/** How many rows of each class the folds have, while groups are dealt out to them. */
final class Spread {

  /** Differences in evenness that are rounding. */
  private static final double ROUNDING = 1e-9;

  private final int[][] counts;
  private final int[] totals;

  /**
   * Empty folds.
   *
   * @param totals how many rows each class has in all
   */
  Spread(int folds, int[] totals) {
    this.counts = new int[folds][totals.length];
    this.totals = totals;
  }

  /** How many rows of each class a group has. */
  int[] counts(int[] group, float[] classes) {
    int[] ofGroup = new int[totals.length];
    for (int row : group) {
      ofGroup[(int) classes[row]]++;
    }
    return ofGroup;
  }

  /** The standard deviation of counts. */
  static double unevenness(int[] counts) {
    return deviation(Arrays.stream(counts).asDoubleStream().toArray());
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    return Math.sqrt(
        Arrays.stream(values).map(value -> (value - mean) * (value - mean)).average().orElse(0));
  }

  void add(int fold, int[] ofGroup) {
    for (int each = 0; each < totals.length; each++) {
      counts[fold][each] += ofGroup[each];
    }
  }

  private void remove(int fold, int[] ofGroup) {
    add(fold, Arrays.stream(ofGroup).map(count -> -count).toArray());
  }

  /** The first of the folds with the fewest rows. */
  int emptiest() {
    int emptiest = 0;
    for (int fold = 1; fold < counts.length; fold++) {
      emptiest = rows(fold) < rows(emptiest) ? fold : emptiest;
    }
    return emptiest;
  }

  private int rows(int fold) {
    return Arrays.stream(counts[fold]).sum();
  }

  /**
   * The fold in which the group leaves the classes most evenly spread over the folds; of such folds
   * the one with the fewest rows.
   */
  int evenest(int[] ofGroup) {
    int evenest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int fold = 0; fold < counts.length; fold++) {
      add(fold, ofGroup);
      double unevenness = meanUnevenness();
      remove(fold, ofGroup);
      boolean alike = Math.abs(unevenness - least) <= ROUNDING;
      if (alike ? rows(fold) < rows(evenest) : unevenness < least) {
        evenest = fold;
        least = unevenness;
      }
    }
    return evenest;
  }

  private double meanUnevenness() {
    double sum = 0;
    for (int each = 0; each < totals.length; each++) {
      double total = Math.max(1, totals[each]);
      int ofClass = each;
      sum += deviation(Arrays.stream(counts).mapToDouble(fold -> fold[ofClass] / total).toArray());
    }
    return sum / totals.length;
  }
}
