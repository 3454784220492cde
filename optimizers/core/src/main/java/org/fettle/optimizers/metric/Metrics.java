package org.fettle.optimizers.metric;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The metrics that a job can name. */
public final class Metrics {

  private static final Pattern TOP = Pattern.compile("top-([1-9][0-9]{0,8})-accuracy");

  private static final List<Metric> ALL =
      Stream.of(
              ConfusionMetrics.STANDARD.stream(),
              ProbabilityMetrics.ALL.stream(),
              RegressionMetrics.ALL.stream(),
              ConfusionMetrics.AVERAGED.stream(),
              Stream.of(ProbabilityMetrics.top(5)),
              RunMetric.ALL.stream())
          .<Metric>flatMap(metrics -> metrics)
          .toList();

  private Metrics() {}

  /** Every metric; {@code top-5-accuracy} stands for those of any other number. */
  public static List<Metric> all() {
    return ALL;
  }

  /** The metric of that name, if there is one. */
  public static Optional<Metric> find(String name) {
    Matcher top = TOP.matcher(name);
    if (top.matches()) {
      return Optional.of(ProbabilityMetrics.top(Integer.parseInt(top.group(1))));
    }
    return ALL.stream().filter(metric -> metric.name().equals(name)).findFirst();
  }

  /**
   * Returns the metric of that name.
   *
   * @throws IllegalArgumentException where there is none; the message lists those that there are
   */
  public static Metric named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Metric must be one of %s, but was %s"
                        .formatted(
                            ALL.stream().map(Metric::name).collect(Collectors.joining(", ")),
                            name)));
  }
}
