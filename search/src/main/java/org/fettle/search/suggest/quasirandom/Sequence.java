package org.fettle.search.suggest.quasirandom;

import org.fettle.search.numeric.Halton;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.numeric.Sobol;

/** A scrambled low-discrepancy sequence. The names are written to job files: add, never rename. */
public enum Sequence {
  /** Sobol's; in dimensions for which there are no direction numbers, Halton's. */
  SOBOL {
    @Override
    double coordinate(int dimension, long index, long seed) {
      return dimension < Sobol.DIMENSIONS
          ? Sobol.scrambled(dimension, index, seed)
          : HALTON.coordinate(dimension, index, seed);
    }
  },
  /** Halton's. */
  HALTON {
    @Override
    double coordinate(int dimension, long index, long seed) {
      return Halton.scrambled(dimension % Halton.DIMENSIONS, index, seed);
    }
  };

  abstract double coordinate(int dimension, long index, long seed);

  /** A point in the unit cube; equal arguments give equal points. */
  public double[] point(int dimensions, long index, long seed) {
    double[] point = new double[dimensions];
    for (int i = 0; i < dimensions; i++) {
      point[i] = coordinate(i, index, seed);
    }
    return point;
  }

  /** The seed of one of several independent scramblings. */
  static long seed(long studySeed, int scrambling) {
    return Seeds.derive(studySeed, scrambling, "suggest/quasirandom");
  }
}
