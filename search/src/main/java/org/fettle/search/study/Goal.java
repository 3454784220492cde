package org.fettle.search.study;

import static java.util.Objects.requireNonNull;

/**
 * A metric to be made as small or as large as possible.
 *
 * @param aggregation how the metric's values on a trial's folds become the trial's one
 */
public record Goal(String metric, Direction direction, Aggregation aggregation) {

  public Goal {
    requireNonNull(direction, "direction is null");
    requireNonNull(aggregation, "aggregation is null");
    if (metric.isBlank()) {
      throw new IllegalArgumentException("Metric of a goal must not be blank");
    }
  }

  /** A goal for the mean over the folds. */
  public Goal(String metric, Direction direction) {
    this(metric, direction, Aggregation.MEAN);
  }

  public static Goal minimize(String metric) {
    return new Goal(metric, Direction.MINIMIZE);
  }

  public static Goal maximize(String metric) {
    return new Goal(metric, Direction.MAXIMIZE);
  }
}
