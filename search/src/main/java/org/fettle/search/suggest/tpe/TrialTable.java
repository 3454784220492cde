package org.fettle.search.suggest.tpe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;

/**
 * The trials of a history as columns on the unit interval, a row each. It follows a growing history
 * by reading what is new. Not safe for several threads.
 */
final class TrialTable {

  private final StudySpec spec;
  private final List<Dimension> dimensions;
  private final double[][] columns;
  private final List<Trial> trials = new ArrayList<>();

  /** Suggestions of the call at hand, which the history does not know yet. */
  private final List<Assignment> pending = new ArrayList<>();

  private final List<Standing> standings = new ArrayList<>();
  private final Map<Assignment, Integer> rowsByAssignment = new HashMap<>();

  TrialTable(StudySpec spec) {
    this.spec = spec;
    dimensions = spec.space().parameters().stream().map(Dimension::new).toList();
    columns = new double[dimensions.size()][64];
  }

  /** Whether this history grew from the one last followed; if not, the table is of no use to it. */
  @SuppressWarnings("ReferenceEquality") // sufficient, and quick for 10,000 trials
  boolean follows(History history) {
    if (history.spec() != spec || history.size() < trials.size()) {
      return false;
    }
    for (int row = 0; row < trials.size(); row++) {
      if (history.trial(row).assignment() != trials.get(row).assignment()) {
        return false;
      }
    }
    return true;
  }

  /** Takes over what is new in a history that {@link #follows}. */
  @SuppressWarnings("ReferenceEquality") // an equal trial read again does no harm
  void follow(History history) {
    for (int row = 0; row < trials.size(); row++) {
      Trial trial = history.trial(row);
      if (trial != trials.get(row)) {
        trials.set(row, trial);
        standings.set(row, Standing.of(trial, spec));
      }
    }
    for (int row = trials.size(); row < history.size(); row++) {
      Trial trial = history.trial(row);
      encode(trial.assignment());
      trials.add(trial);
      standings.add(Standing.of(trial, spec));
    }
  }

  /** Adds a suggestion as a running trial, until {@link #dropPending}. */
  void addPending(Assignment assignment) {
    encode(assignment);
    pending.add(assignment);
    standings.add(new Standing(Standing.Kind.SHUNNED, 0, 0));
  }

  void dropPending() {
    for (Assignment assignment : pending) {
      rowsByAssignment.computeIfPresent(assignment, (key, rows) -> rows == 1 ? null : rows - 1);
      standings.remove(standings.size() - 1);
    }
    pending.clear();
  }

  private void encode(Assignment assignment) {
    int row = size();
    for (int i = 0; i < columns.length; i++) {
      if (row == columns[i].length) {
        columns[i] = Arrays.copyOf(columns[i], 2 * row);
      }
      Object value = assignment.values().get(dimensions.get(i).parameter().name());
      columns[i][row] = value == null ? Double.NaN : dimensions.get(i).parameter().toUnit(value);
    }
    rowsByAssignment.merge(assignment, 1, Integer::sum);
  }

  StudySpec spec() {
    return spec;
  }

  int size() {
    return standings.size();
  }

  List<Dimension> dimensions() {
    return dimensions;
  }

  Standing standing(int row) {
    return standings.get(row);
  }

  boolean contains(Assignment assignment) {
    return rowsByAssignment.containsKey(assignment);
  }

  /** The values of one parameter in some rows; NaN where it is inactive. */
  double[] values(int dimension, int[] rows) {
    double[] values = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      values[i] = columns[dimension][rows[i]];
    }
    return values;
  }

  /** The value of one parameter in one row; NaN where it is inactive. */
  double value(int dimension, int row) {
    return columns[dimension][row];
  }

  boolean active(int dimension, int row) {
    return !Double.isNaN(columns[dimension][row]);
  }

  /** The losses of a completed trial, by goal. */
  double[] losses(int row) {
    double[] losses = new double[spec.goals().size()];
    for (int i = 0; i < losses.length; i++) {
      Goal goal = spec.goals().get(i);
      losses[i] =
          goal.direction().loss(trials.get(row).completed().orElseThrow().value(goal.metric()));
    }
    return losses;
  }
}
