package org.fettle.search.study;

import java.util.Arrays;
import org.fettle.search.numeric.Quantiles;

/** How a metric's values on the folds become one. Names reach files: add, never rename. */
public enum Aggregation {
  /** The arithmetic mean. */
  MEAN {
    @Override
    public double of(double[] folds, Direction direction) {
      return mean(folds);
    }
  },

  /** The median; of an even number the mean of the middle two. */
  MEDIAN {
    @Override
    public double of(double[] folds, Direction direction) {
      double[] ascending = folds.clone();
      Arrays.sort(ascending);
      return Quantiles.sorted(ascending, 0.5);
    }
  },

  /** The worst fold: the least of what is maximized, the greatest of what is minimized. */
  WORST {
    @Override
    public double of(double[] folds, Direction direction) {
      double worst = folds[0];
      for (double value : folds) {
        worst = direction.loss(value) > direction.loss(worst) ? value : worst;
      }
      return worst;
    }
  },

  /**
   * The mean less 1.645 standard errors, or more for what is minimized: the end of a one-sided
   * normal interval of 95 %. Folds share training rows, so that the level is approximate (Bengio
   * and Grandvalet 2004). The mean alone where there is a single fold.
   */
  CONFIDENCE_BOUND {
    @Override
    public double of(double[] folds, Direction direction) {
      double error = folds.length < 2 ? 0 : standardError(folds);
      return mean(folds) - (direction == Direction.MAXIMIZE ? 1 : -1) * NORMAL_95 * error;
    }
  };

  private static final double NORMAL_95 = 1.6448536269514722;

  /**
   * Returns the one value.
   *
   * @param folds one at least
   * @param direction which values are the better ones
   */
  public abstract double of(double[] folds, Direction direction);

  /** The mean, also of values whose sum is no double. */
  public static double mean(double[] folds) {
    double mean = 0;
    for (double value : folds) {
      mean += value / folds.length;
    }
    return mean;
  }

  /**
   * The standard error of the mean: the sample's standard deviation over the square root of the
   * number of folds; NaN for a single fold.
   */
  public static double standardError(double[] folds) {
    if (folds.length < 2) {
      return Double.NaN;
    }
    double mean = mean(folds);
    double squares = 0;
    for (double value : folds) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (folds.length - 1) / folds.length);
  }
}
