package org.fettle.search.suggest.cmaes;

import java.util.Comparator;
import org.fettle.search.analysis.Losses;
import org.fettle.search.study.Goal;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;

/**
 * How good an ended trial was: completed ones by the first goal, feasible ones first; then pruned
 * ones by what had been measured; then those that could not be evaluated.
 */
record Ranked(int kind, double value) implements Comparable<Ranked> {

  private static final Comparator<Ranked> ORDER =
      Comparator.comparingInt(Ranked::kind).thenComparingDouble(Ranked::value);

  static Ranked of(StudySpec spec, Trial trial) {
    Outcome outcome = trial.outcome().orElseThrow();
    Goal goal = spec.goal();
    if (outcome instanceof Outcome.Completed completed) {
      double violation = Losses.violation(spec, completed.measurement());
      return violation > 0
          ? new Ranked(1, violation)
          : new Ranked(0, loss(goal, completed.measurement()));
    }
    if (outcome instanceof Outcome.Pruned pruned && pruned.measurement().has(goal.metric())) {
      return new Ranked(2, loss(goal, pruned.measurement()));
    }
    return new Ranked(3, 0);
  }

  private static double loss(Goal goal, Measurement measurement) {
    return goal.direction().loss(measurement.value(goal.metric()));
  }

  @Override
  public int compareTo(Ranked other) {
    return ORDER.compare(this, other);
  }
}
