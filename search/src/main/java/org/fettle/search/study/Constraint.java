package org.fettle.search.study;

import static java.util.Objects.requireNonNull;

/**
 * A bound that a trial's metric has to keep for the trial to be feasible: {@code MINIMIZE} keeps it
 * at or under the bound, {@code MAXIMIZE} at or over it.
 *
 * @param aggregation how the metric's values on a trial's folds become the trial's one
 */
public record Constraint(String metric, Direction side, double bound, Aggregation aggregation) {

  public Constraint {
    requireNonNull(metric, "metric is null");
    requireNonNull(side, "side is null");
    requireNonNull(aggregation, "aggregation is null");
    if (!Double.isFinite(bound)) {
      throw new IllegalArgumentException(
          "Bound of constraint " + metric + " must be finite, but was " + bound);
    }
  }

  /** A bound on the mean over the folds. */
  public Constraint(String metric, Direction side, double bound) {
    this(metric, side, bound, Aggregation.MEAN);
  }

  public static Constraint atMost(String metric, double bound) {
    return new Constraint(metric, Direction.MINIMIZE, bound);
  }

  public static Constraint atLeast(String metric, double bound) {
    return new Constraint(metric, Direction.MAXIMIZE, bound);
  }

  /** How far a value breaks the bound; zero or less where it keeps it. */
  public double violation(double value) {
    return side.loss(value) - side.loss(bound);
  }
}
