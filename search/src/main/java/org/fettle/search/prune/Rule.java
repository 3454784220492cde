package org.fettle.search.prune;

import java.util.Collection;

/**
 * What the mean of a trial's folds so far must not be behind. The names are written to job files:
 * add, never rename.
 */
public enum Rule {
  /** The incumbent's worst fold. */
  FORGIVING {
    @Override
    Bound bound(Collection<Double> losses) {
      return new Bound(
          losses.stream().mapToDouble(Double::doubleValue).max().orElseThrow(), "the worst fold");
    }
  },
  /** The incumbent's mean; stops good trials whose first folds are hard. */
  AGGRESSIVE {
    @Override
    Bound bound(Collection<Double> losses) {
      return new Bound(
          losses.stream().mapToDouble(Double::doubleValue).average().orElseThrow(), "the mean");
    }
  },
  /** Nothing. */
  NONE {
    @Override
    Bound bound(Collection<Double> losses) {
      return new Bound(Double.POSITIVE_INFINITY, "nothing");
    }
  };

  record Bound(double loss, String name) {}

  /** The bound from the losses of the incumbent's folds, of which there is at least one. */
  abstract Bound bound(Collection<Double> losses);
}
