package org.fettle.search.prune;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Report;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;

/** Reads the goal's losses from reports; a loss is smaller when better, whatever the direction. */
final class Curves {

  private Curves() {}

  /**
   * The newest report of the goal.
   *
   * @param previous the step that the fold had reached before, 0 if none
   */
  record Point(int fold, int step, int previous, double loss) {}

  static Optional<Point> newest(Trial trial, Goal goal) {
    List<Report> reports = trial.reports();
    for (int i = reports.size() - 1; i >= 0; i--) {
      Report newest = reports.get(i);
      if (newest.measurement().has(goal.metric())) {
        int previous = 0;
        for (Report earlier : reports.subList(0, i)) {
          if (earlier.fold() == newest.fold() && earlier.measurement().has(goal.metric())) {
            previous = Math.max(previous, earlier.step());
          }
        }
        return Optional.of(new Point(newest.fold(), newest.step(), previous, loss(newest, goal)));
      }
    }
    return Optional.empty();
  }

  /**
   * The loss that a fold had when it had used so many steps: its last report up to there. Empty if
   * it has not come so far.
   */
  static OptionalDouble at(Trial trial, int fold, int step, Goal goal) {
    Report last = null;
    boolean reached = false;
    for (Report report : trial.reports()) {
      if (report.fold() == fold && report.measurement().has(goal.metric())) {
        reached |= report.step() >= step;
        if (report.step() <= step && (last == null || report.step() >= last.step())) {
          last = report;
        }
      }
    }
    return reached && last != null ? OptionalDouble.of(loss(last, goal)) : OptionalDouble.empty();
  }

  /** The best loss of a fold in its reports from one step to another, both included. */
  static OptionalDouble best(Trial trial, int fold, int from, int to, Goal goal) {
    double best = Double.POSITIVE_INFINITY;
    for (Report report : trial.reports()) {
      if (report.fold() == fold
          && from <= report.step()
          && report.step() <= to
          && report.measurement().has(goal.metric())) {
        best = Math.min(best, loss(report, goal));
      }
    }
    return best < Double.POSITIVE_INFINITY ? OptionalDouble.of(best) : OptionalDouble.empty();
  }

  /** The trials that another may be compared with. */
  static List<Trial> peers(History history, Trial trial) {
    List<Trial> peers = new ArrayList<>();
    for (Trial other : history.trials()) {
      if (other.number() != trial.number()
          && other.state() != TrialState.FAILED
          && other.state() != TrialState.INFEASIBLE) {
        peers.add(other);
      }
    }
    return peers;
  }

  private static double loss(Report report, Goal goal) {
    return goal.direction().loss(report.measurement().value(goal.metric()));
  }
}
