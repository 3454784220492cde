package org.fettle.search.suggest.cmaes;

import java.util.random.RandomGenerator;

/** What follows a run that has ended. The names are written to job files: add, never rename. */
public enum Restarts {
  /** The run goes on. */
  NONE,
  /** Twice the population each time: A. Auger, N. Hansen, 2005, doi:10.1109/CEC.2005.1554902. */
  IPOP,
  /** That or a small population, whichever used less: N. Hansen, 2009, hal inria-00382093. */
  BIPOP;

  /** A run to come. */
  record Run(int population, double sigma, boolean large) {}

  /**
   * The next run.
   *
   * @param doublings how many large runs there were, the first not counted
   * @param spent trials of large runs and of small ones so far
   */
  Run next(int first, double sigma, int doublings, long[] spent, RandomGenerator random) {
    int large = (int) Math.min(1 << 20, (long) first << Math.min(20, doublings + 1));
    if (this == IPOP || spent[1] >= spent[0]) {
      return new Run(large, sigma, true);
    }
    double draw = random.nextDouble();
    double ratio = Math.max(1, 0.5 * large / 2 / first);
    int small = (int) (first * StrictMath.pow(ratio, draw * draw));
    return new Run(small, sigma * StrictMath.pow(10, -2 * random.nextDouble()), false);
  }
}
