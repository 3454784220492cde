package org.fettle.search.study;

import static java.util.Objects.requireNonNull;

/** A metric to be made as small or as large as possible. */
public record Goal(String metric, Direction direction) {

  public Goal {
    requireNonNull(direction, "direction is null");
    if (metric.isBlank()) {
      throw new IllegalArgumentException("Metric of a goal must not be blank");
    }
  }

  public static Goal minimize(String metric) {
    return new Goal(metric, Direction.MINIMIZE);
  }

  public static Goal maximize(String metric) {
    return new Goal(metric, Direction.MAXIMIZE);
  }
}
