package org.fettle.search.suggest.cmaes;

import java.util.Arrays;
import java.util.List;
import org.fettle.search.numeric.SymmetricEigen;

/**
 * Where to start, from trials of other suggesters: the mean and the spread of the best tenth.
 *
 * <p>M. Nomura, S. Watanabe, Y. Akimoto, Y. Ozaki, M. Onishi, <i>Warm Starting CMA-ES for
 * Hyperparameter Optimization</i>, AAAI 2021, arXiv 2012.06932, with its γ and α of 0.1.
 */
final class Source {

  /** Fewer trials say too little; as many as other suggesters draw before they learn. */
  static final int FEWEST = 10;

  private static final double TOP = 0.1;
  private static final double SPREAD = 0.1;

  private Source() {}

  /** The first shape, from the ordered parts of trials, best first, with NaN where inactive. */
  static Shape shape(Strategy strategy, List<double[]> ranked) {
    int size = ranked.get(0).length;
    List<double[]> top = ranked.subList(0, (int) Math.ceil(TOP * ranked.size()));
    double[] mean = new double[size];
    for (int i = 0; i < size; i++) {
      int place = i;
      mean[i] =
          top.stream()
              .mapToDouble(point -> point[place])
              .filter(x -> !Double.isNaN(x))
              .average()
              .orElse(0.5);
    }
    double[][] covariance = new double[size][size];
    for (int i = 0; i < size; i++) {
      covariance[i][i] = SPREAD * SPREAD;
      for (int j = 0; j < size; j++) {
        for (double[] point : top) {
          double product = (point[i] - mean[i]) * (point[j] - mean[j]);
          covariance[i][j] += Double.isNaN(product) ? 0 : product / top.size();
        }
      }
    }
    double logs = Arrays.stream(SymmetricEigen.of(covariance).values()).map(StrictMath::log).sum();
    double sigma = StrictMath.exp(logs / (2 * size));
    for (double[] row : covariance) {
      for (int j = 0; j < size; j++) {
        row[j] /= sigma * sigma;
      }
    }
    return new Shape(strategy, mean, sigma, covariance);
  }
}
