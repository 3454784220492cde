package org.fettle.search.numeric;

import java.util.Arrays;

/**
 * The lower triangular factor L of a positive definite matrix A = L·Lᵀ that grows by rows. A row is
 * computed from the rows above it and the new entries alone, so a factor that was extended equals
 * one that was built at once, to the last bit.
 *
 * <p>Not safe for several threads. A copy shares the rows, which never change.
 */
public final class CholeskyFactor {

  /** The smallest pivot, relative to the diagonal entry: what rounding may leave of it. */
  private static final double PIVOT = 1e-12;

  private double[][] rows;
  private int size;

  private CholeskyFactor(double[][] rows, int size) {
    this.rows = rows;
    this.size = size;
  }

  /** The factor of the empty matrix. */
  public static CholeskyFactor empty() {
    return new CholeskyFactor(new double[16][], 0);
  }

  /** A factor that can be extended without changing this one. */
  public CholeskyFactor copy() {
    return new CholeskyFactor(rows.clone(), size);
  }

  public int size() {
    return size;
  }

  /** Entry of L, for {@code column ≤ row}. */
  public double at(int row, int column) {
    return rows[row][column];
  }

  /**
   * Adds a row and a column to A.
   *
   * @param entries the new row left of the diagonal; only the first {@link #size()} are read
   * @param diagonal the new diagonal entry; where A would not be positive definite the pivot is
   *     raised to 1e-12 of it
   */
  public void extend(double[] entries, double diagonal) {
    double[] row = Arrays.copyOf(entries, size + 1);
    forward(row);
    double pivot = diagonal - dot(row, row, size);
    row[size] = Math.sqrt(Math.max(pivot, PIVOT * diagonal));
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
    }
    rows[size++] = row;
  }

  /** Solves L·v = b in place; only the first {@link #size()} entries take part. */
  public void forward(double[] b) {
    for (int i = 0; i < size; i++) {
      double[] row = rows[i];
      b[i] = (b[i] - dot(row, b, i)) / row[i];
    }
  }

  /** Solves Lᵀ·v = b in place; only the first {@link #size()} entries take part. */
  public void backward(double[] b) {
    for (int i = size - 1; i >= 0; i--) {
      double[] row = rows[i];
      double solved = b[i] / row[i];
      b[i] = solved;
      for (int j = 0; j < i; j++) {
        b[j] -= solved * row[j];
      }
    }
  }

  /** log det A. */
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += StrictMath.log(rows[i][i]);
    }
    return 2 * sum;
  }

  /** The inverse of A, both halves filled. */
  public double[][] inverse() {
    double[][] columns = new double[size][];
    for (int i = 0; i < size; i++) {
      columns[i] = new double[size];
      columns[i][i] = 1;
    }
    // Row i of L⁻¹ is (eᵢ − Σ L_ij·row j) / L_ii, of which the entries past i are zero.
    for (int i = 0; i < size; i++) {
      double[] row = rows[i];
      double[] solved = columns[i];
      for (int j = 0; j < i; j++) {
        addScaled(solved, -row[j], columns[j], j + 1);
      }
      double scale = 1 / row[i];
      for (int k = 0; k <= i; k++) {
        solved[k] *= scale;
      }
    }
    double[][] inverse = new double[size][size];
    for (int i = 0; i < size; i++) {
      double[] solved = columns[i];
      for (int j = 0; j <= i; j++) {
        addScaled(inverse[j], solved[j], solved, j + 1);
      }
    }
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        inverse[j][i] = inverse[i][j];
      }
    }
    return inverse;
  }

  private static void addScaled(double[] to, double factor, double[] what, int length) {
    for (int k = 0; k < length; k++) {
      to[k] += factor * what[k];
    }
  }

  /** Four sums side by side: their order is fixed, and they keep the processor busy. */
  private static double dot(double[] a, double[] b, int length) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      first += a[i] * b[i];
      second += a[i + 1] * b[i + 1];
      third += a[i + 2] * b[i + 2];
      fourth += a[i + 3] * b[i + 3];
    }
    for (; i < length; i++) {
      first += a[i] * b[i];
    }
    return (first + second) + (third + fourth);
  }
}
