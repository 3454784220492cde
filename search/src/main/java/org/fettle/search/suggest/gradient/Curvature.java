package org.fettle.search.suggest.gradient;

import java.util.Arrays;

/**
 * The inverse of the second derivatives, first from differences on each axis and then by the update
 * of Broyden, Fletcher, Goldfarb and Shanno, 1970. Mutable; lives for one replay.
 */
final class Curvature {

  private double[][] inverse = new double[0][];
  private double[] lastPoint = new double[0];
  private double[] lastGradient = new double[0];

  /**
   * Takes in a gradient.
   *
   * @param bends second derivatives on each axis
   * @param farthest no first step should be longer, on any axis
   */
  void add(double[] point, double[] gradient, double[] bends, double farthest) {
    int size = point.length;
    if (inverse.length == 0) {
      inverse = new double[size][size];
      for (int i = 0; i < size; i++) {
        double least = Math.max(Math.abs(gradient[i]) / farthest, Double.MIN_NORMAL);
        inverse[i][i] = 1 / Math.max(Math.abs(bends[i]), least);
      }
    } else {
      double[] step = difference(point, lastPoint);
      double[] change = difference(gradient, lastGradient);
      double bent = dot(step, change);
      if (bent > 1e-10 * Math.sqrt(dot(step, step) * dot(change, change))) {
        update(step, change, bent);
      }
    }
    lastPoint = point.clone();
    lastGradient = gradient.clone();
  }

  private void update(double[] step, double[] change, double bent) {
    double[] turned = times(change);
    double factor = (1 + dot(change, turned) / bent) / bent;
    for (int i = 0; i < step.length; i++) {
      for (int j = 0; j < step.length; j++) {
        inverse[i][j] +=
            factor * step[i] * step[j] - (turned[i] * step[j] + step[i] * turned[j]) / bent;
      }
    }
  }

  /** The inverse times a vector; the step of Newton's method is its negative for the gradient. */
  double[] times(double[] vector) {
    double[] product = new double[vector.length];
    Arrays.setAll(product, i -> dot(inverse[i], vector));
    return product;
  }

  private static double[] difference(double[] one, double[] other) {
    double[] difference = new double[one.length];
    Arrays.setAll(difference, i -> one[i] - other[i]);
    return difference;
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
