package org.fettle.optimizers.metric;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The metrics that a job can name. */
public final class Metrics {

  private static final List<Metric> ALL =
      Stream.of(ClassificationMetrics.ALL, RegressionMetrics.ALL).flatMap(List::stream).toList();

  private Metrics() {}

  public static List<Metric> all() {
    return ALL;
  }

  /**
   * Returns the metric of that name.
   *
   * @throws IllegalArgumentException where there is none; the message lists those that there are
   */
  public static Metric named(String name) {
    return ALL.stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Metric must be one of %s, but was %s"
                        .formatted(
                            ALL.stream().map(Metric::name).collect(Collectors.joining(", ")),
                            name)));
  }
}
