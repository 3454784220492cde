package org.fettle.search.prune;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.fettle.search.study.Goal;
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
        int previous = previous(trial, newest, goal);
        return Optional.of(new Point(newest.fold(), newest.step(), previous, loss(newest, goal)));
      }
    }
    return Optional.empty();
  }

  /** The greatest step of the other reports of the fold; 0 if there are none. */
  @SuppressWarnings("ReferenceEquality") // two reports may be equal
  private static int previous(Trial trial, Report newest, Goal goal) {
    List<Report> fold = trial.reports(newest.fold());
    for (int i = fold.size() - 1; i >= 0; i--) {
      if (fold.get(i) != newest && fold.get(i).measurement().has(goal.metric())) {
        return fold.get(i).step();
      }
    }
    return 0;
  }

  /**
   * The loss that a fold had when it had used so many steps: its last report up to there. Empty if
   * it has not come so far.
   */
  static OptionalDouble at(Trial trial, int fold, int step, Goal goal) {
    List<Report> reports = trial.reports(fold);
    int beyond = beyond(reports, step);
    int last = beyond - 1;
    while (last >= 0 && !reports.get(last).measurement().has(goal.metric())) {
      last--;
    }
    if (last < 0) {
      return OptionalDouble.empty();
    }
    boolean reached = reports.get(last).step() == step;
    for (int i = beyond; i < reports.size() && !reached; i++) {
      reached = reports.get(i).measurement().has(goal.metric());
    }
    return reached ? OptionalDouble.of(loss(reports.get(last), goal)) : OptionalDouble.empty();
  }

  /** The place of the first report, of those sorted by step, that is behind a step. */
  private static int beyond(List<Report> reports, int step) {
    int low = 0;
    int high = reports.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (reports.get(middle).step() <= step) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The best loss of a fold in its reports from one step to another, both included. */
  static OptionalDouble best(Trial trial, int fold, int from, int to, Goal goal) {
    double best = Double.POSITIVE_INFINITY;
    List<Report> reports = trial.reports(fold);
    for (int i = beyond(reports, from - 1); i < reports.size(); i++) {
      if (reports.get(i).step() > to) {
        break;
      }
      if (reports.get(i).measurement().has(goal.metric())) {
        best = Math.min(best, loss(reports.get(i), goal));
      }
    }
    return best < Double.POSITIVE_INFINITY ? OptionalDouble.of(best) : OptionalDouble.empty();
  }

  /** Whether others may be compared with a trial. */
  static boolean comparable(Trial trial) {
    return trial.state() != TrialState.FAILED && trial.state() != TrialState.INFEASIBLE;
  }

  private static double loss(Report report, Goal goal) {
    return goal.direction().loss(report.measurement().value(goal.metric()));
  }
}
