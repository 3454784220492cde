package org.fettle.search.suggest.gp;

import org.fettle.search.numeric.NormalDistribution;

/** The log probability that a surrogate's output does not pass a bound. */
final class Feasibility implements Acquisition {

  private final Surrogate.Query query;
  private final double bound;
  private final double[] none = {};
  private double deviation;
  private double score;

  Feasibility(Surrogate surrogate, double bound) {
    this.query = surrogate.query();
    this.bound = bound;
  }

  @Override
  public double at(double[] features) {
    query.at(features);
    deviation = Math.sqrt(query.variance());
    score = (bound - query.mean()) / deviation;
    return NormalDistribution.logCumulative(score);
  }

  @Override
  public void addGradient(double[] gradient) {
    double slope =
        score > -30
            ? StrictMath.exp(
                NormalDistribution.logDensity(score) - NormalDistribution.logCumulative(score))
            : 1 / NormalDistribution.millsRatio(score);
    query.addGradient(
        -slope / deviation, -slope * score / (2 * deviation * deviation), none, gradient);
  }
}
