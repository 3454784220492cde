package org.fettle.search.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.fettle.search.numeric.RegressionForest;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.study.Aggregation;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Trial;

/**
 * How the best trial's score would change if one of its parameters had another value and all others
 * stayed, as a forest of the completed trials predicts it. Where trials are few around the best
 * one, the forest knows little and says that nothing changes.
 *
 * @param value what the best trial has
 * @param loss how much worse the score becomes at the worst of the parameter's values, in the
 *     score's unit; not negative
 * @param tolerated the values, beside the best trial's own and in their order, at which the score
 *     is predicted to be within the tolerance; of a range, those next to each other around it
 * @param tolerance what counts as no difference: the standard error of the best trial's score over
 *     its folds, or where there is none a twentieth of the spread of the completed trials' scores
 */
public record Sensitivity(
    String parameter, Object value, double loss, List<Object> tolerated, double tolerance) {

  /** A forest sees so many trials at most, the best ones. */
  private static final int MOST = 1_000;

  /** With fewer there is nothing to predict from. */
  private static final int FEWEST = 8;

  private static final double SPREAD = 0.05;

  public Sensitivity {
    tolerated = List.copyOf(tolerated);
  }

  /** One for each parameter of the best trial, the most sensitive first; none for few trials. */
  public static List<Sensitivity> of(History history) {
    Optional<Trial> best = history.incumbent();
    Goal goal = history.spec().goal();
    ToDoubleFunction<Trial> loss =
        trial -> goal.direction().loss(trial.completed().orElseThrow().value(goal.metric()));
    List<Trial> trials =
        history.completed().stream().sorted(Comparator.comparingDouble(loss)).limit(MOST).toList();
    if (best.isEmpty() || trials.size() < FEWEST) {
      return List.of();
    }
    double[] losses = trials.stream().mapToDouble(loss).toArray();
    double[][] rows =
        trials.stream()
            .map(trial -> ScoreForest.row(history.spec(), trial))
            .toArray(double[][]::new);
    RegressionForest forest =
        RegressionForest.grow(
            ScoreForest.axes(history.spec().space()),
            rows,
            losses,
            ScoreForest.TREES,
            history.spec().seed());
    double tolerance = tolerance(best.get(), goal, losses);
    double[] place = ScoreForest.row(history.spec(), best.get());
    List<Sensitivity> all = new ArrayList<>();
    List<Parameter> parameters = history.spec().space().parameters();
    for (Map.Entry<String, Object> entry : best.get().assignment().values().entrySet()) {
      for (int axis = 0; axis < parameters.size(); axis++) {
        if (parameters.get(axis).name().equals(entry.getKey())) {
          all.add(of(forest, place, axis, parameters.get(axis), entry.getValue(), tolerance));
        }
      }
    }
    all.sort(Comparator.comparingDouble(Sensitivity::loss).reversed());
    return all;
  }

  private static double tolerance(Trial best, Goal goal, double[] losses) {
    double[] folds =
        best.folds().values().stream()
            .filter(fold -> fold.has(goal.metric()))
            .mapToDouble((Measurement fold) -> fold.value(goal.metric()))
            .toArray();
    double error = Aggregation.standardError(folds);
    return Double.isNaN(error) || error == 0
        ? SPREAD * (losses[losses.length - 1] - losses[0])
        : error;
  }

  private static Sensitivity of(
      RegressionForest forest,
      double[] best,
      int axis,
      Parameter parameter,
      Object value,
      double tolerance) {
    double here = forest.predict(best);
    double own = parameter.toUnit(value);
    List<Object> values = PartialDependence.values(parameter);
    List<Object> tolerated = new ArrayList<>();
    double worst = 0;
    boolean[] within = new boolean[values.size()];
    for (int i = 0; i < within.length; i++) {
      double[] place = best.clone();
      place[axis] = parameter.toUnit(values.get(i));
      double loss = forest.predict(place) - here;
      worst = Math.max(worst, loss);
      within[i] = loss <= tolerance;
    }
    for (int i = 0; i < within.length; i++) {
      boolean reached =
          parameter instanceof CategoricalParameter
              ? within[i]
              : reached(within, i, values, own, parameter);
      if (reached && !values.get(i).equals(value)) {
        tolerated.add(values.get(i));
      }
    }
    return new Sensitivity(parameter.name(), value, worst, tolerated, tolerance);
  }

  /** Whether all from the best trial's own value to this one are within the tolerance. */
  private static boolean reached(
      boolean[] within, int to, List<Object> values, double own, Parameter parameter) {
    double at = parameter.toUnit(values.get(to));
    for (int i = 0; i < within.length; i++) {
      double each = parameter.toUnit(values.get(i));
      boolean between = Math.min(own, at) <= each && each <= Math.max(own, at);
      if (between && !within[i]) {
        return false;
      }
    }
    return true;
  }
}
