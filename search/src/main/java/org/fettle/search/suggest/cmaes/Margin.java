package org.fettle.search.suggest.cmaes;

import org.fettle.search.numeric.NormalDistribution;
import org.fettle.search.space.Parameter;

/**
 * Keeps the distribution from settling on one value of a discrete parameter: each neighbour keeps a
 * probability of at least 1 / (dimensions · population).
 *
 * <p>R. Hamano, S. Saito, M. Nomura, S. Shirakawa, <i>CMA-ES with Margin</i>, GECCO 2022, arXiv
 * 2205.13482.
 */
final class Margin {

  private static final int BISECTIONS = 45;

  private final Axes axes;
  private final double probability;

  Margin(Axes axes, int population) {
    this.axes = axes;
    this.probability = 1.0 / (axes.dimensions() * population);
  }

  void keep(Shape shape) {
    for (int i = 0; i < shape.mean.length; i++) {
      if (axes.parameter(i).cardinality().orElse(0) > 1) {
        keep(shape, i);
      }
    }
  }

  private void keep(Shape shape, int dimension) {
    Parameter parameter = axes.parameter(dimension);
    double mean = shape.mean[dimension];
    double deviation = shape.deviation(dimension);
    Object value = parameter.fromUnit(mean);
    boolean lowest = parameter.fromUnit(0).equals(value);
    boolean highest = parameter.fromUnit(1).equals(value);
    double least = lowest || highest ? probability : probability / 2;
    double reach = -deviation * NormalDistribution.quantile(least);
    boolean below = lowest || leaves(parameter, value, mean - reach);
    boolean above = highest || leaves(parameter, value, mean + reach);
    if (below && above) {
      return;
    }
    if (lowest) {
      shape.mean[dimension] = border(parameter, value, mean, 1) - reach;
    } else if (highest) {
      shape.mean[dimension] = border(parameter, value, mean, 0) + reach;
    } else {
      double low = border(parameter, value, mean, 0);
      double high = border(parameter, value, mean, 1);
      double down = reach((mean - low) / deviation, least);
      double up = reach((high - mean) / deviation, least);
      double wanted = (high - low) / (down + up);
      shape.mean[dimension] = low + down * wanted;
      shape.scale[dimension] *= wanted / deviation;
    }
    shape.mean[dimension] = Math.max(0, Math.min(1, shape.mean[dimension]));
  }

  /** A distance in deviations, cut so that it is passed with at least a probability. */
  private static double reach(double distance, double least) {
    return Math.min(distance, -NormalDistribution.quantile(least));
  }

  private static boolean leaves(Parameter parameter, Object value, double unit) {
    return !parameter.fromUnit(Math.max(0, Math.min(1, unit))).equals(value);
  }

  /** Where the cell of a value ends on the way to an end of the unit interval. */
  private static double border(Parameter parameter, Object value, double inside, double end) {
    double in = inside;
    double out = end;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (in + out) / 2;
      if (parameter.fromUnit(middle).equals(value)) {
        in = middle;
      } else {
        out = middle;
      }
    }
    return (in + out) / 2;
  }
}
