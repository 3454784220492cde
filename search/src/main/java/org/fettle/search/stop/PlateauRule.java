package org.fettle.search.stop;

import java.time.Duration;
import java.util.Optional;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;

/**
 * Ends a study when the best feasible value of the first goal has not improved for many trials.
 * Trials count in the order in which they ended, completed and pruned ones, and infeasible ones
 * too; those that failed do not.
 *
 * @param patience how many trials without improvement, at least 1
 * @param improvement a smaller gain, in units of the goal's metric, is none
 */
public record PlateauRule(int patience, double improvement) implements StopRule {

  public PlateauRule {
    if (patience < 1 || !(improvement >= 0)) {
      throw new IllegalArgumentException(
          "Plateau must have patience ≥ 1 and improvement ≥ 0, but was %d and %s"
              .formatted(patience, improvement));
    }
  }

  @Override
  public Optional<String> reason(History history, Duration elapsed) {
    Goal goal = history.spec().goal();
    double best = Double.POSITIVE_INFINITY;
    int since = 0;
    for (int number : history.ended()) {
      Trial trial = history.trial(number);
      if (trial.state() == TrialState.FAILED) {
        continue;
      }
      double loss =
          trial
              .completed()
              .filter(measurement -> feasible(history, measurement))
              .map(measurement -> goal.direction().loss(measurement.value(goal.metric())))
              .orElse(Double.POSITIVE_INFINITY);
      if (best - loss > improvement) {
        best = loss;
        since = 0;
      } else {
        since++;
      }
    }
    return since < patience || best == Double.POSITIVE_INFINITY
        ? Optional.empty()
        : Optional.of(
            "%s %s has not improved for %d trials"
                .formatted(goal.metric(), goal.direction().loss(best), since));
  }

  private static boolean feasible(History history, Measurement measurement) {
    return history.spec().constraints().stream()
        .allMatch(each -> each.violation(measurement.value(each.metric())) <= 0);
  }
}
