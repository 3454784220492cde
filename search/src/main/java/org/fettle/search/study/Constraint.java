package org.fettle.search.study;

import static java.util.Objects.requireNonNull;

/**
 * A bound that a trial's metric has to keep for the trial to be feasible: {@code MINIMIZE} keeps it
 * at or under the bound, {@code MAXIMIZE} at or over it.
 */
public record Constraint(String metric, Direction side, double bound) {

  public Constraint {
    requireNonNull(metric, "metric is null");
    requireNonNull(side, "side is null");
    if (!Double.isFinite(bound)) {
      throw new IllegalArgumentException(
          "Bound of constraint " + metric + " must be finite, but was " + bound);
    }
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
