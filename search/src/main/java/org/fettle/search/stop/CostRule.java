package org.fettle.search.stop;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.Trial;

/**
 * Ends a study when its trials together have cost so much, as they measure themselves: in the
 * outcome, or else in the newest report that has the metric.
 *
 * @param metric what a trial has cost so far, for example {@code gpu-hours}
 */
public record CostRule(String metric, double limit) implements StopRule {

  public CostRule {
    requireNonNull(metric, "metric is null");
    if (!(limit > 0)) {
      throw new IllegalArgumentException("Limit must be positive, but was " + limit);
    }
  }

  @Override
  public Optional<String> reason(History history, Duration elapsed) {
    double total = history.trials().stream().mapToDouble(this::cost).sum();
    return total < limit
        ? Optional.empty()
        : Optional.of("%s of %s %s were used".formatted(total, limit, metric));
  }

  private double cost(Trial trial) {
    Optional<Double> last = trial.outcome().flatMap(CostRule::measurement).flatMap(this::read);
    List<Report> reports = trial.reports();
    for (int i = reports.size() - 1; last.isEmpty() && i >= 0; i--) {
      last = read(reports.get(i).measurement());
    }
    return last.orElse(0.0);
  }

  private Optional<Double> read(Measurement measurement) {
    return measurement.has(metric) ? Optional.of(measurement.value(metric)) : Optional.empty();
  }

  private static Optional<Measurement> measurement(Outcome outcome) {
    if (outcome instanceof Outcome.Completed completed) {
      return Optional.of(completed.measurement());
    }
    return outcome instanceof Outcome.Pruned pruned
        ? Optional.of(pruned.measurement())
        : Optional.empty();
  }
}
