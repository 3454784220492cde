package org.fettle.search.numeric;

/** Sums of columns, each times a factor: loops that the compiler turns into vector instructions. */
public final class LinearCombination {

  private LinearCombination() {}

  /**
   * Adds {@code factors[j] · columns[j][from + i]} over all j to {@code sums[i]}, for each i below
   * {@code length}. Four columns share a pass over the sums.
   */
  public static void add(
      double[][] columns, double[] factors, int from, int length, double[] sums) {
    int column = 0;
    for (; column + 4 <= columns.length; column += 4) {
      double[] a = columns[column];
      double[] b = columns[column + 1];
      double[] c = columns[column + 2];
      double[] d = columns[column + 3];
      double f = factors[column];
      double g = factors[column + 1];
      double h = factors[column + 2];
      double k = factors[column + 3];
      for (int i = 0; i < length; i++) {
        sums[i] += (f * a[from + i] + g * b[from + i]) + (h * c[from + i] + k * d[from + i]);
      }
    }
    for (; column < columns.length; column++) {
      add(columns[column], factors[column], from, length, sums);
    }
  }

  private static void add(double[] column, double factor, int from, int length, double[] sums) {
    for (int i = 0; i < length; i++) {
      sums[i] += factor * column[from + i];
    }
  }
}
