package org.fettle.optimizers.network;

import java.util.random.RandomGenerator;

/** Random vectors at right angles, by Gram and Schmidt's process on Gaussian ones. */
final class Orthogonal {

  private Orthogonal() {}

  /** Makes the rows or, where these are more than their elements, the columns orthonormal. */
  static void fill(float[] rows, int perRow, RandomGenerator random) {
    int count = rows.length / perRow;
    boolean across = count > perRow;
    double[][] vectors = across ? vectors(perRow, count, random) : vectors(count, perRow, random);
    for (int row = 0; row < count; row++) {
      for (int i = 0; i < perRow; i++) {
        rows[row * perRow + i] = (float) (across ? vectors[i][row] : vectors[row][i]);
      }
    }
  }

  /** At most as many vectors as they have elements. */
  private static double[][] vectors(int count, int length, RandomGenerator random) {
    double[][] vectors = new double[count][length];
    for (int each = 0; each < count; each++) {
      double[] vector = vectors[each];
      double left;
      do {
        for (int i = 0; i < length; i++) {
          vector[i] = random.nextGaussian();
        }
        double before = Math.sqrt(dot(vector, vector));
        // Twice is enough for right angles to rounding (Giraud et al. 2005).
        for (int time = 0; time < 2; time++) {
          for (int other = 0; other < each; other++) {
            subtract(vectors[other], dot(vectors[other], vector), vector);
          }
        }
        left = Math.sqrt(dot(vector, vector)) / before;
      } while (left < 1e-9);
      double norm = Math.sqrt(dot(vector, vector));
      for (int i = 0; i < length; i++) {
        vector[i] /= norm;
      }
    }
    return vectors;
  }

  private static double dot(double[] a, double[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
    }
    return dot;
  }

  private static void subtract(double[] what, double times, double[] from) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= times * what[i];
    }
  }
}
