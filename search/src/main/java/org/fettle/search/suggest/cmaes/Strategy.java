package org.fettle.search.suggest.cmaes;

/**
 * The constants of a CMA-ES, from the number of dimensions and the population: table 1 of N.
 * Hansen, <i>The CMA Evolution Strategy: A Tutorial</i>, 2016, arXiv 1604.00772.
 *
 * @param population λ, trials in a generation
 * @param weights one for each rank; the best half are positive and sum up to 1
 * @param effective μ_eff
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and not kept
record Strategy(
    int dimensions,
    int population,
    double[] weights,
    double effective,
    double pathRate,
    double stepRate,
    double stepDamping,
    double rankOneRate,
    double rankMuRate) {

  static Strategy of(int dimensions, int population) {
    double n = dimensions;
    double[] weights = new double[population];
    double plus = 0;
    double plusSquares = 0;
    double minus = 0;
    double minusSquares = 0;
    for (int i = 0; i < population; i++) {
      weights[i] = StrictMath.log((population + 1) / 2.0) - StrictMath.log(i + 1.0);
      if (weights[i] > 0) {
        plus += weights[i];
        plusSquares += weights[i] * weights[i];
      } else {
        minus -= weights[i];
        minusSquares += weights[i] * weights[i];
      }
    }
    double effective = plus * plus / plusSquares;
    double one = 2 / ((n + 1.3) * (n + 1.3) + effective);
    double mu =
        Math.min(
            1 - one, 2 * (0.25 + effective + 1 / effective - 2) / ((n + 2) * (n + 2) + effective));
    double step = (effective + 2) / (n + effective + 5);
    double least =
        Math.min(
            Math.min(1 + one / mu, 1 + 2 * (minus * minus / minusSquares) / (effective + 2)),
            (1 - one - mu) / (n * mu));
    for (int i = 0; i < population; i++) {
      weights[i] = weights[i] > 0 ? weights[i] / plus : weights[i] * least / minus;
    }
    return new Strategy(
        dimensions,
        population,
        weights,
        effective,
        (4 + effective / n) / (n + 4 + 2 * effective / n),
        step,
        1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + step,
        one,
        mu);
  }

  /** The population that suits so many dimensions. */
  static int population(int dimensions) {
    return 4 + (int) (3 * StrictMath.log(dimensions));
  }

  /** The expected length of a standard normal vector. */
  double length() {
    double n = dimensions;
    return Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
  }

  /** Longer steps are cut: N. Hansen, <i>Injecting External Solutions Into CMA-ES</i>, 2011. */
  double longest() {
    return Math.sqrt(dimensions) + 2.0 * dimensions / (dimensions + 2);
  }
}
