package org.fettle.search.suggest.gp;

import java.util.Arrays;
import java.util.List;
import org.fettle.search.numeric.ExpectedImprovement;
import org.fettle.search.numeric.NormalDistribution;

/**
 * The log of the expected hypervolume that a point adds to a front, exact for any number of goals:
 * the volume is a sum over {@link Boxes}, in each of which it is a product over goals, and goals
 * are modelled independently, so that the expectation of the product is the product of expectations
 * E[(high − max(low, y))⁺], each a difference of two expected improvements.
 *
 * <p>S. Daulton, M. Balandat, E. Bakshy, <i>Differentiable Expected Hypervolume Improvement for
 * Parallel Multi-Objective Bayesian Optimization</i>, NeurIPS 2020, <a
 * href="https://arxiv.org/abs/2006.05078">arXiv:2006.05078</a>, which samples it.
 */
final class HypervolumeImprovement implements Acquisition {

  private final Surrogate.Query[] queries;
  private final Boxes boxes;
  private final double[] deviations;
  private final double[][] logs;
  private final double[] totals;
  private final double[] none = {};

  HypervolumeImprovement(List<Surrogate> goals, Boxes boxes) {
    this.queries = goals.stream().map(Surrogate::query).toArray(Surrogate.Query[]::new);
    this.boxes = boxes;
    this.deviations = new double[queries.length];
    this.logs = new double[boxes.size()][queries.length];
    this.totals = new double[boxes.size()];
  }

  @Override
  public double at(double[] features) {
    for (int j = 0; j < queries.length; j++) {
      queries[j].at(features);
      deviations[j] = Math.sqrt(queries[j].variance());
    }
    double highest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < totals.length; k++) {
      totals[k] = 0;
      for (int j = 0; j < queries.length; j++) {
        logs[k][j] = log(j, score(j, boxes.low(k)[j]), score(j, boxes.high(k)[j]));
        totals[k] += logs[k][j];
      }
      highest = Math.max(highest, totals[k]);
    }
    double sum = 0;
    for (double total : totals) {
      sum += StrictMath.exp(total - highest);
    }
    double log = highest + StrictMath.log(sum);
    for (int k = 0; k < totals.length; k++) {
      totals[k] = StrictMath.exp(totals[k] - log);
    }
    return log;
  }

  private double score(int goal, double output) {
    return (output - queries[goal].mean()) / deviations[goal];
  }

  /** log E[(high − max(low, y))⁺]. */
  private double log(int goal, double low, double high) {
    double whole = ExpectedImprovement.log(high);
    double scale = StrictMath.log(deviations[goal]);
    if (low == Double.NEGATIVE_INFINITY) {
      return whole + scale;
    }
    double beyond = ExpectedImprovement.log(low) - whole;
    return whole + scale + StrictMath.log(Math.max(1e-300, -StrictMath.expm1(beyond)));
  }

  @Override
  public void addGradient(double[] gradient) {
    double[] byMean = new double[queries.length];
    double[] byDeviation = new double[queries.length];
    for (int k = 0; k < totals.length; k++) {
      if (totals[k] > 1e-12) {
        for (int j = 0; j < queries.length; j++) {
          double low = score(j, boxes.low(k)[j]);
          double high = score(j, boxes.high(k)[j]);
          double log = logs[k][j];
          byMean[j] -=
              totals[k]
                  * (StrictMath.exp(NormalDistribution.logCumulative(high) - log)
                      - (low == Double.NEGATIVE_INFINITY
                          ? 0
                          : StrictMath.exp(NormalDistribution.logCumulative(low) - log)));
          byDeviation[j] +=
              totals[k]
                  * (StrictMath.exp(NormalDistribution.logDensity(high) - log)
                      - StrictMath.exp(NormalDistribution.logDensity(low) - log));
        }
      }
    }
    for (int j = 0; j < queries.length; j++) {
      queries[j].addGradient(byMean[j], byDeviation[j] / (2 * deviations[j]), none, gradient);
    }
  }

  @Override
  public String toString() {
    return "HypervolumeImprovement" + Arrays.toString(totals);
  }
}
