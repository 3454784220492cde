package org.fettle.search.suggest.tpe;

import java.util.List;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Goal;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;

/**
 * What a trial is worth to the model: better kinds first, within a kind by the keys, smaller is
 * better.
 */
record Standing(Kind kind, double first, double second) {

  enum Kind {
    /** Completed within all constraints; by loss. */
    FEASIBLE,
    /** Stopped by a pruner; the later the better, then by loss. */
    PRUNED,
    /** Completed, but broke constraints; by how much, each in units of its bound. */
    VIOLATING,
    /** Could not be evaluated. */
    INFEASIBLE,
    /** Still running, or broken for an uncertain reason: a place to keep away from. */
    SHUNNED,
    /** Says nothing of its assignment. */
    UNKNOWN
  }

  private static final double FOLD = 1L << 31;

  static Standing of(Trial trial, StudySpec spec) {
    if (trial.outcome().isEmpty()) {
      return new Standing(Kind.SHUNNED, 0, 0);
    }
    Outcome outcome = trial.outcome().get();
    if (outcome instanceof Outcome.Completed completed) {
      return completed(completed.measurement(), spec);
    }
    if (outcome instanceof Outcome.Pruned pruned) {
      return pruned(trial, pruned.measurement(), spec.goal());
    }
    if (outcome instanceof Outcome.Infeasible) {
      return new Standing(Kind.INFEASIBLE, 0, 0);
    }
    if (outcome instanceof Outcome.Failed failed) {
      return new Standing(telling(failed.code()) ? Kind.SHUNNED : Kind.UNKNOWN, 0, 0);
    }
    throw new AssertionError(outcome);
  }

  private static Standing completed(Measurement measurement, StudySpec spec) {
    double violation = 0;
    for (Constraint constraint : spec.constraints()) {
      double excess = constraint.violation(measurement.value(constraint.metric()));
      double unit = constraint.bound() == 0 ? 1 : Math.abs(constraint.bound());
      violation += Math.max(0, excess) / unit;
    }
    return violation > 0
        ? new Standing(Kind.VIOLATING, violation, 0)
        : new Standing(Kind.FEASIBLE, loss(measurement, spec.goal()), 0);
  }

  private static Standing pruned(Trial trial, Measurement measurement, Goal goal) {
    List<Report> reports = trial.reports();
    if (reports.isEmpty()) {
      return new Standing(Kind.PRUNED, 0, loss(measurement, goal));
    }
    Report last = reports.get(reports.size() - 1);
    Measurement known = measurement.has(goal.metric()) ? measurement : last.measurement();
    return new Standing(Kind.PRUNED, -(last.fold() * FOLD + last.step()), loss(known, goal));
  }

  private static double loss(Measurement measurement, Goal goal) {
    return measurement.has(goal.metric())
        ? goal.direction().loss(measurement.value(goal.metric()))
        : Double.POSITIVE_INFINITY;
  }

  /** Whether the trial itself, and not what happened around it, may be to blame. */
  private static boolean telling(FailureCode code) {
    return code != FailureCode.EXECUTOR_LOST
        && code != FailureCode.CANCELLED
        && code != FailureCode.DRIVER_ERROR;
  }

  /** Whether the model may count the trial among the good ones. */
  boolean ranked() {
    return kind.compareTo(Kind.VIOLATING) <= 0;
  }

  /** Whether the trial ended with a lesson. */
  boolean finished() {
    return kind.compareTo(Kind.INFEASIBLE) <= 0;
  }

  boolean better(Standing than) {
    if (kind != than.kind) {
      return kind.compareTo(than.kind) < 0;
    }
    return first != than.first ? first < than.first : second < than.second;
  }
}
