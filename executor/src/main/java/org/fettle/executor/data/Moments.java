package org.fettle.executor.data;

import java.io.Serializable;
import java.util.List;

/**
 * Mean and standard deviation of a population.
 *
 * @param deviation 1 where the values differ by no more than rounding
 */
public record Moments(double mean, double deviation) implements Serializable {

  static final Moments UNSCALED = new Moments(0, 1);

  /** Units in the last place of the mean, up to which a deviation is rounding and not signal. */
  private static final int ROUNDING = 4;

  /** The moments of one value or more, by two passes: exact for a small spread of large values. */
  static Moments of(double[] values) {
    return ofAll(List.of(values));
  }

  /** The moments of all values of several arrays, which may be empty but not all. */
  static Moments ofAll(List<double[]> parts) {
    long count = parts.stream().mapToLong(part -> part.length).sum();
    double mean = 0;
    for (double[] part : parts) {
      if (part.length > 0) {
        mean += mean(part) * ((double) part.length / count);
      }
    }
    double squares = 0;
    for (double[] part : parts) {
      for (double value : part) {
        squares += (value - mean) * (value - mean);
      }
    }
    return of(mean, Math.sqrt(squares / count));
  }

  /** Those of values with such a mean and deviation, which may be rounding. */
  static Moments of(double mean, double deviation) {
    boolean constant = deviation <= ROUNDING * Math.ulp(mean) || (float) deviation == 0;
    return new Moments(mean, constant ? 1 : deviation);
  }

  private static double mean(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double rest = 0;
    for (double value : values) {
      rest += value - mean;
    }
    return mean + rest / values.length;
  }

  float scale(double value) {
    return (float) ((value - mean) / deviation);
  }
}
