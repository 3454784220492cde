package org.fettle.search.suggest.gp;

import java.util.Arrays;

/**
 * Makes outputs, of which smaller is better, agreeable to a Gaussian process: mean 0 and variance
 * 1, and optionally without a long tail of bad values.
 */
enum OutputWarp {
  /** Shifts and scales only. */
  STANDARDIZE {
    @Override
    double[] shaped(double[] values) {
      return values;
    }
  },
  /**
   * Keeps the better half as it is and lays the worse half out by rank, where a normal distribution
   * with the better half's spread would have it: how bad a bad value is stops mattering. X. Song et
   * al., <i>The Vizier Gaussian Process Bandit Algorithm</i>, arXiv:2408.11527.
   */
  HALF_RANK {
    @Override
    double[] shaped(double[] values) {
      return HalfRank.warped(values);
    }
  },
  /**
   * The power transformation under which the outputs are most normal. I.-K. Yeo, R. A. Johnson,
   * <i>A New Family of Power Transformations to Improve Normality or Symmetry</i>, Biometrika 87,
   * 2000; as in A. Cowen-Rivers et al., <i>HEBO</i>, JAIR 2022.
   */
  POWER {
    @Override
    double[] shaped(double[] values) {
      return PowerTransform.warped(values);
    }
  };

  /** Reshapes values of mean 0 and variance 1. */
  abstract double[] shaped(double[] values);

  double[] warped(double[] values) {
    return standardized(shaped(standardized(values)));
  }

  /** Only scales, so that 0 stays 0. */
  static double[] scaled(double[] values) {
    double[] standard = standardized(values);
    int low = 0;
    int high = 0;
    for (int i = 0; i < values.length; i++) {
      low = values[i] < values[low] ? i : low;
      high = values[i] > values[high] ? i : high;
    }
    if (values.length == 0 || standard[high] == standard[low]) {
      return Arrays.stream(values).map(Math::signum).toArray();
    }
    double scale = standard[high] - standard[low];
    double range = 0.5 * values[high] - 0.5 * values[low];
    return Arrays.stream(values).map(value -> 0.5 * value / range * scale).toArray();
  }

  static double[] standardized(double[] values) {
    int n = values.length;
    double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
    if (largest == 0) {
      return new double[n];
    }
    // Scaled first, since squares of finite values may overflow.
    double[] result = new double[n];
    double mean = 0;
    for (int i = 0; i < n; i++) {
      result[i] = values[i] / largest;
      mean += result[i] / n;
    }
    double square = 0;
    for (int i = 0; i < n; i++) {
      result[i] -= mean;
      square += result[i] * result[i] / n;
    }
    double deviation = Math.sqrt(square);
    for (int i = 0; i < n; i++) {
      result[i] = deviation > 1e-14 ? result[i] / deviation : 0;
    }
    return result;
  }
}
