package org.fettle.search.suggest.gp;

import java.util.Arrays;
import org.fettle.search.numeric.NormalDistribution;

/** Lays out the worse half of the values by rank; see {@link OutputWarp#HALF_RANK}. */
final class HalfRank {

  private HalfRank() {}

  static double[] warped(double[] values) {
    int n = values.length;
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double median = n % 2 == 1 ? sorted[n / 2] : 0.5 * (sorted[n / 2 - 1] + sorted[n / 2]);
    double spread = spread(sorted, median);
    double[] warped = new double[n];
    for (int i = 0; i < n; i++) {
      if (values[i] <= median || spread == 0) {
        warped[i] = values[i];
      } else {
        // Equal values share the middle of their ranks.
        double rank = 0.5 * (first(sorted, values[i]) + firstAbove(sorted, values[i]));
        warped[i] = median + spread * NormalDistribution.quantile(rank / n);
      }
    }
    return warped;
  }

  /** The deviation that a normal distribution has whose better half lies as this one's does. */
  private static double spread(double[] sorted, double median) {
    double square = 0;
    int count = 0;
    for (double value : sorted) {
      if (value < median) {
        square += (value - median) * (value - median);
        count++;
      }
    }
    return count == 0 ? 0 : Math.sqrt(square / count);
  }

  private static int first(double[] sorted, double value) {
    int index = Arrays.binarySearch(sorted, value);
    while (index > 0 && sorted[index - 1] == value) {
      index--;
    }
    return index;
  }

  private static int firstAbove(double[] sorted, double value) {
    int index = Arrays.binarySearch(sorted, value);
    while (index < sorted.length && sorted[index] == value) {
      index++;
    }
    return index;
  }
}
