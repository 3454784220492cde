package org.fettle.search.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fettle.search.numeric.Dominance;
import org.fettle.search.numeric.Hypervolume;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;

/** How good the best feasible trial or front was after each trial, in the order of their ends. */
public final class Progress {

  private Progress() {}

  /** The best value of the first goal so far; NaN until a feasible trial has completed. */
  public static double[] best(History history) {
    Goal goal = history.spec().goal();
    double[] curve = new double[history.ended().size()];
    double best = Double.NaN;
    for (int i = 0; i < curve.length; i++) {
      Optional<double[]> losses = losses(history, history.ended().get(i));
      if (losses.isPresent() && !(losses.get()[0] >= best)) {
        best = losses.get()[0];
      }
      curve[i] = Double.isNaN(best) ? best : goal.direction().loss(best) + 0.0;
    }
    return curve;
  }

  /** How far the best value so far is from the best there is; not negative where that is true. */
  public static double[] regret(History history, double optimum) {
    Goal goal = history.spec().goal();
    return Arrays.stream(best(history))
        .map(best -> goal.direction().loss(best) - goal.direction().loss(optimum))
        .toArray();
  }

  /** The volume that the front so far dominates, up to a reference of one value for each goal. */
  public static double[] hypervolume(History history, double[] reference) {
    StudySpec spec = history.spec();
    if (reference.length != spec.goals().size()) {
      throw new IllegalArgumentException(
          "Reference must have a value for each of %d goals, but had %d"
              .formatted(spec.goals().size(), reference.length));
    }
    double[] bound = new double[reference.length];
    Arrays.setAll(bound, i -> spec.goals().get(i).direction().loss(reference[i]));
    double[] curve = new double[history.ended().size()];
    List<double[]> front = new ArrayList<>();
    double volume = 0;
    for (int i = 0; i < curve.length; i++) {
      Optional<double[]> losses = losses(history, history.ended().get(i));
      if (losses.isPresent() && enters(front, losses.get())) {
        volume = Hypervolume.of(front.toArray(double[][]::new), bound);
      }
      curve[i] = volume;
    }
    return curve;
  }

  private static boolean enters(List<double[]> front, double[] losses) {
    for (double[] other : front) {
      if (Arrays.equals(other, losses) || Dominance.dominates(other, losses)) {
        return false;
      }
    }
    front.removeIf(other -> Dominance.dominates(losses, other));
    front.add(losses);
    return true;
  }

  private static Optional<double[]> losses(History history, int number) {
    Trial trial = history.trial(number);
    return trial
        .completed()
        .filter(measurement -> Losses.violation(history.spec(), measurement) <= 0)
        .map(measurement -> Losses.of(history.spec(), measurement));
  }
}
