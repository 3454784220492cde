package org.fettle.search.numeric;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations, which are slower
 * than a tridiagonal reduction but accurate to the last digits.
 *
 * <p>C. G. J. Jacobi, 1846; stable rotations by H. Rutishauser, 1966, doi:10.1007/BF02165223.
 *
 * @param values in no order
 * @param vectors one in each column, of length 1, in the order of the values
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and not kept
public record SymmetricEigen(double[] values, double[][] vectors) {

  private static final int SWEEPS = 50;

  /** Decomposes a matrix, of which the upper triangle alone is read. */
  public static SymmetricEigen of(double[][] matrix) {
    int size = matrix.length;
    double[][] a = new double[size][size];
    double[][] vectors = new double[size][size];
    for (int i = 0; i < size; i++) {
      vectors[i][i] = 1;
      for (int j = i; j < size; j++) {
        a[i][j] = matrix[i][j];
        a[j][i] = matrix[i][j];
      }
    }
    for (int sweep = 0; sweep < SWEEPS && offDiagonal(a) > 0; sweep++) {
      for (int p = 0; p < size; p++) {
        for (int q = p + 1; q < size; q++) {
          rotate(a, vectors, p, q);
        }
      }
    }
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = a[i][i];
    }
    return new SymmetricEigen(values, vectors);
  }

  private static double offDiagonal(double[][] a) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = i + 1; j < a.length; j++) {
        sum += Math.abs(a[i][j]);
      }
    }
    return sum;
  }

  /** Makes element (p, q) zero. */
  private static void rotate(double[][] a, double[][] vectors, int p, int q) {
    double off = a[p][q];
    // Too small to change either diagonal element.
    if (Math.abs(off) <= 0x1p-60 * Math.min(Math.abs(a[p][p]), Math.abs(a[q][q]))) {
      a[p][q] = 0;
      a[q][p] = 0;
    }
    if (a[p][q] == 0) {
      return;
    }
    double ratio = (a[q][q] - a[p][p]) / (2 * off);
    double tangent = Math.copySign(1, ratio) / (Math.abs(ratio) + Math.sqrt(1 + ratio * ratio));
    double cosine = 1 / Math.sqrt(1 + tangent * tangent);
    double sine = tangent * cosine;
    for (int i = 0; i < a.length; i++) {
      double ip = a[i][p];
      double iq = a[i][q];
      a[i][p] = cosine * ip - sine * iq;
      a[i][q] = sine * ip + cosine * iq;
    }
    for (int i = 0; i < a.length; i++) {
      double pi = a[p][i];
      double qi = a[q][i];
      a[p][i] = cosine * pi - sine * qi;
      a[q][i] = sine * pi + cosine * qi;
      double vp = vectors[i][p];
      double vq = vectors[i][q];
      vectors[i][p] = cosine * vp - sine * vq;
      vectors[i][q] = sine * vp + cosine * vq;
    }
    a[p][q] = 0;
    a[q][p] = 0;
  }
}
