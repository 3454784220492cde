package org.fettle.optimizers.metric;

import java.util.Arrays;
import org.fettle.optimizers.data.FloatMatrix;

/**
 * Rows from the one most probably of a class to the one least probably so, in groups of equal
 * probability.
 */
final class Ranking {

  private final int positives;
  private final int rows;
  private final int groups;
  private final int[] groupRows;
  private final int[] groupPositives;

  private Ranking(float[] descending, boolean[] positive) {
    rows = descending.length;
    groupRows = new int[rows];
    groupPositives = new int[rows];
    int group = -1;
    int found = 0;
    for (int i = 0; i < rows; i++) {
      if (i == 0 || descending[i] != descending[i - 1]) {
        group++;
      }
      groupRows[group]++;
      if (positive[i]) {
        groupPositives[group]++;
        found++;
      }
    }
    groups = group + 1;
    positives = found;
  }

  static Ranking of(FloatMatrix predictions, float[] targets, int each) {
    int rows = targets.length;
    // Sorted as numbers that hold the probability above and the row below.
    long[] keys = new long[rows];
    for (int row = 0; row < rows; row++) {
      keys[row] = ((long) ordered(predictions.at(row, each)) << Integer.SIZE) | row;
    }
    Arrays.sort(keys);
    float[] descending = new float[rows];
    boolean[] positive = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      int row = (int) keys[rows - 1 - i];
      descending[i] = predictions.at(row, each);
      positive[i] = Targets.at(predictions, targets, row) == each;
    }
    return new Ranking(descending, positive);
  }

  /** A number that is in the order of floats. */
  private static int ordered(float value) {
    int bits = Float.floatToIntBits(value + 0.0f); // one zero
    return bits < 0 ? ~bits ^ Integer.MIN_VALUE : bits;
  }

  int positives() {
    return positives;
  }

  /** The chance that a row of the class comes before one of the rest; NaN without such a pair. */
  double rocAuc() {
    long negatives = (long) rows - positives;
    if (positives == 0 || negatives == 0) {
      return Double.NaN;
    }
    double before = 0;
    long passed = 0;
    for (int group = 0; group < groups; group++) {
      int others = groupRows[group] - groupPositives[group];
      before += groupPositives[group] * (negatives - passed - others / 2.0);
      passed += others;
    }
    return before / ((double) positives * negatives);
  }

  /** The mean over the class's rows of the precision down to each; 0 where there are none. */
  double averagePrecision() {
    double sum = 0;
    long found = 0;
    long passed = 0;
    for (int group = 0; group < groups; group++) {
      passed += groupRows[group];
      found += groupPositives[group];
      sum += (double) groupPositives[group] * found / passed;
    }
    return positives == 0 ? 0 : sum / positives;
  }
}
