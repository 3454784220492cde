package org.fettle.search.numeric;

import java.util.Arrays;

/** p-values for statistical tests; a test states its α and its sample size. */
public final class Significance {

  private Significance() {}

  /**
   * One-sided Mann–Whitney: how likely the values of {@code less} would be as small as they are, if
   * both samples came from one distribution. Normal approximation with correction for ties; both
   * samples should have at least 8 values.
   */
  public static double mannWhitney(double[] less, double[] more) {
    double[] all = new double[less.length + more.length];
    System.arraycopy(less, 0, all, 0, less.length);
    System.arraycopy(more, 0, all, less.length, more.length);
    Arrays.sort(all);
    double ties = 0;
    for (int from = 0; from < all.length; ) {
      int to = from;
      while (to < all.length && all[to] == all[from]) {
        to++;
      }
      double count = to - from;
      ties += count * count * count - count;
      from = to;
    }
    double u = 0;
    for (double x : less) {
      for (double y : more) {
        u += x > y ? 1 : x == y ? 0.5 : 0;
      }
    }
    double n = all.length;
    double product = (double) less.length * more.length;
    double variance = product / 12 * (n + 1 - ties / (n * (n - 1)));
    return variance == 0 ? 1 : normal((u + 0.5 - product / 2) / Math.sqrt(variance));
  }

  /** Kolmogorov–Smirnov against the uniform distribution on [0, 1]; Stephens' approximation. */
  public static double uniform(double[] sample) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    double n = sorted.length;
    double distance = 0;
    for (int i = 0; i < n; i++) {
      distance = Math.max(distance, Math.max(sorted[i] - i / n, (i + 1) / n - sorted[i]));
    }
    double lambda = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance;
    double p = 0;
    for (int k = 1; k <= 100; k++) {
      p += (k % 2 == 1 ? 2 : -2) * Math.exp(-2 * k * k * lambda * lambda);
    }
    return lambda < 0.2 ? 1 : Math.max(0, Math.min(1, p));
  }

  /** χ² of counts against expected counts; Wilson–Hilferty approximation. */
  public static double chiSquared(long[] observed, double[] expected) {
    double sum = 0;
    for (int i = 0; i < observed.length; i++) {
      double difference = observed[i] - expected[i];
      sum += difference * difference / expected[i];
    }
    double freedom = observed.length - 1;
    double scale = 2 / (9 * freedom);
    return 1 - normal((Math.cbrt(sum / freedom) - (1 - scale)) / Math.sqrt(scale));
  }

  /** The distribution function of the normal distribution; error under 8·10⁻⁸. */
  private static double normal(double z) {
    // Abramowitz and Stegun, 26.2.17
    double t = 1 / (1 + 0.2316419 * Math.abs(z));
    double tail =
        Math.exp(-z * z / 2)
            / Math.sqrt(2 * Math.PI)
            * t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return z > 0 ? 1 - tail : tail;
  }
}
