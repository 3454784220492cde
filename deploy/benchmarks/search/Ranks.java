import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Mean ranks of tuners over problems; the less, the better. */
final class Ranks {

  private static final int RESAMPLES = 400;

  private final double[][][] values;

  /**
   * Ranks by values.
   *
   * @param values by problem, tuner and study; each tuner may have another number of studies
   */
  Ranks(List<double[][]> values) {
    this.values = values.toArray(double[][][]::new);
  }

  /** One more than the number of others that a study of the tuner is expected to lose to. */
  double on(int problem, int tuner) {
    return on(values[problem], tuner);
  }

  private static double on(double[][] byTuner, int tuner) {
    double rank = 1;
    for (int other = 0; other < byTuner.length; other++) {
      if (other != tuner) {
        double lost = 0;
        for (double mine : byTuner[tuner]) {
          for (double theirs : byTuner[other]) {
            lost += mine > theirs ? 1 : mine == theirs ? .5 : 0;
          }
        }
        rank += lost / byTuner[tuner].length / byTuner[other].length;
      }
    }
    return rank;
  }

  double mean(int tuner) {
    return mean(values, tuner);
  }

  private static double mean(double[][][] values, int tuner) {
    return Arrays.stream(values).mapToDouble(each -> on(each, tuner)).average().orElse(Double.NaN);
  }

  /** By tuner where 95 % of the mean ranks of studies drawn with replacement lie. */
  List<double[]> intervals(int tuners) {
    Random random = new Random(1);
    double[][] means = new double[tuners][RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      double[][][] drawn = new double[values.length][][];
      for (int p = 0; p < values.length; p++) {
        drawn[p] = new double[values[p].length][];
        for (int t = 0; t < drawn[p].length; t++) {
          double[] from = values[p][t];
          drawn[p][t] =
              random.ints(from.length, 0, from.length).mapToDouble(i -> from[i]).toArray();
        }
      }
      for (int t = 0; t < tuners; t++) {
        means[t][r] = mean(drawn, t);
      }
    }
    List<double[]> intervals = new ArrayList<>();
    for (double[] each : means) {
      Arrays.sort(each);
      intervals.add(new double[] {each[RESAMPLES / 40], each[RESAMPLES - 1 - RESAMPLES / 40]});
    }
    return intervals;
  }

  /**
   * The median and the order statistics that it lies between with at least 95 %, if there are 6.
   */
  static double[] median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double tail = Math.pow(.5, n);
    double term = tail;
    int low = 0;
    for (int k = 1; k < n / 2; k++) {
      term *= (double) (n - k + 1) / k;
      if (tail + term > .025) {
        break;
      }
      tail += term;
      low = k;
    }
    return new double[] {
      .5 * (sorted[(n - 1) / 2] + sorted[n / 2]), sorted[low], sorted[n - 1 - low]
    };
  }
}
