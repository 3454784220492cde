package org.fettle.search.suggest.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fettle.search.analysis.Losses;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.space.UnitCube;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;

/**
 * The loss at a point as the history knows it. What it does not know is noted as wanted, so that an
 * algorithm can be run from its beginning on each call, up to where it has to wait: all its state
 * is the history.
 */
final class Memo {

  private final SearchSpace space;
  private final UnitCube cube;
  private final Map<Assignment, Double> known = new HashMap<>();
  private final Set<Assignment> wanted = new LinkedHashSet<>();

  Memo(History history) {
    this.space = history.spec().space();
    this.cube = new UnitCube(space);
    for (Trial trial : history.trials()) {
      // Of trials with one assignment a running one counts for least, a completed one for most.
      known.merge(trial.assignment(), loss(history.spec(), trial), Memo::better);
    }
  }

  private static Double better(Double one, Double other) {
    return one.isNaN() || other < one ? other : one;
  }

  /** NaN while the trial runs, infinite where it broke, was stopped or is not feasible. */
  private static Double loss(StudySpec spec, Trial trial) {
    if (trial.outcome().isEmpty()) {
      return Double.NaN;
    }
    Goal goal = spec.goal();
    return trial
        .completed()
        .filter(measurement -> Losses.violation(spec, measurement) <= 0)
        .map((Measurement end) -> goal.direction().loss(end.value(goal.metric())))
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** The loss at a point; NaN where it is not known yet. Infinite at a forbidden combination. */
  double loss(double[] point) {
    Assignment assignment = cube.decode(point);
    Double loss = known.get(assignment);
    if (loss != null) {
      return loss;
    }
    if (!space.contains(assignment)) {
      return Double.POSITIVE_INFINITY;
    }
    wanted.add(assignment);
    return Double.NaN;
  }

  /** The losses at several points, so that all that are not known are wanted at once. */
  double[] losses(List<double[]> points) {
    return points.stream().mapToDouble(this::loss).toArray();
  }

  /** What was asked for and neither ended nor runs, in the order of asking. */
  List<Assignment> wanted() {
    return new ArrayList<>(wanted);
  }

  int missing() {
    return wanted.size();
  }
}
