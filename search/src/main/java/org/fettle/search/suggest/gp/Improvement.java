package org.fettle.search.suggest.gp;

import org.fettle.search.numeric.ExpectedImprovement;

/**
 * The log expected improvement over the best output, reckoning with pending points: each draw
 * imagines how they turn out, which moves the mean and may lower the best output, and the
 * improvement is averaged over the draws. With the pending points fixed this is the batch
 * improvement up to a constant, and within a draw it is exact instead of sampled.
 *
 * <p>J. Snoek, H. Larochelle, R. Adams, <i>Practical Bayesian Optimization of Machine Learning
 * Algorithms</i>, NIPS 2012; the logarithm: {@link ExpectedImprovement}.
 */
final class Improvement implements Acquisition {

  private final Surrogate.Query query;
  private final double[][] draws;
  private final double[] bests;
  private final double[] logs;
  private final double[] scores;
  private final double[] byInfluence;
  private double deviation;

  /**
   * The improvement over {@code best}.
   *
   * @param draws for each draw one standard normal number for each pending point of the surrogate;
   *     one empty draw where none is pending
   */
  Improvement(Surrogate surrogate, double best, double[][] draws) {
    this.query = surrogate.query();
    this.draws = draws;
    this.bests = new double[draws.length];
    this.logs = new double[draws.length];
    this.scores = new double[draws.length];
    this.byInfluence = new double[surrogate.pending()];
    double[] means = surrogate.pendingMeans();
    for (int s = 0; s < draws.length; s++) {
      bests[s] = best;
      for (int p = 0; p < means.length; p++) {
        double imagined = means[p];
        for (int q = 0; q <= p; q++) {
          imagined += surrogate.pendingFactor(p, q) * draws[s][q];
        }
        bests[s] = Math.min(bests[s], imagined);
      }
    }
  }

  @Override
  public double at(double[] features) {
    query.at(features);
    deviation = Math.sqrt(query.variance());
    double highest = Double.NEGATIVE_INFINITY;
    for (int s = 0; s < draws.length; s++) {
      double mean = query.mean();
      for (int p = 0; p < byInfluence.length; p++) {
        mean += query.influence(p) * draws[s][p];
      }
      scores[s] = (bests[s] - mean) / deviation;
      logs[s] = ExpectedImprovement.log(scores[s]);
      highest = Math.max(highest, logs[s]);
    }
    double sum = 0;
    for (int s = 0; s < draws.length; s++) {
      logs[s] = StrictMath.exp(logs[s] - highest);
      sum += logs[s];
    }
    for (int s = 0; s < draws.length; s++) {
      logs[s] /= sum;
    }
    return highest + StrictMath.log(sum / draws.length) + StrictMath.log(deviation);
  }

  @Override
  public void addGradient(double[] gradient) {
    double byMean = 0;
    double byDeviation = 1 / deviation;
    java.util.Arrays.fill(byInfluence, 0);
    for (int s = 0; s < draws.length; s++) {
      double slope = logs[s] * ExpectedImprovement.logSlope(scores[s]) / deviation;
      byMean -= slope;
      byDeviation -= slope * scores[s];
      for (int p = 0; p < byInfluence.length; p++) {
        byInfluence[p] -= slope * draws[s][p];
      }
    }
    query.addGradient(byMean, byDeviation / (2 * deviation), byInfluence, gradient);
  }
}
