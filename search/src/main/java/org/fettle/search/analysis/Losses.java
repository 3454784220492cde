package org.fettle.search.analysis;

import java.util.List;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.Goal;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.StudySpec;

/** Measurements as losses: smaller is better, whatever the direction of a goal. */
public final class Losses {

  private Losses() {}

  /** The loss of each goal, in the order of the goals. */
  public static double[] of(StudySpec spec, Measurement measurement) {
    List<Goal> goals = spec.goals();
    double[] losses = new double[goals.size()];
    for (int i = 0; i < losses.length; i++) {
      Goal goal = goals.get(i);
      losses[i] = goal.direction().loss(measurement.value(goal.metric()));
    }
    return losses;
  }

  /** How far the constraints are broken together; 0 where all are kept. */
  public static double violation(StudySpec spec, Measurement measurement) {
    double sum = 0;
    for (Constraint constraint : spec.constraints()) {
      sum += Math.max(0, constraint.violation(measurement.value(constraint.metric())));
    }
    return sum;
  }
}
