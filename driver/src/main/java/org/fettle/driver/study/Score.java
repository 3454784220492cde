package org.fettle.driver.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.fettle.search.study.Aggregation;
import org.fettle.search.study.Goal;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;

/**
 * A metric of a trial over its folds.
 *
 * @param standardError of the mean: the sample's standard deviation over the square root of the
 *     number of folds; NaN for a single fold
 * @param folds the value of each fold, by number
 */
public record Score(double mean, double standardError, List<Double> folds) {

  /** Scores of values by fold. */
  static Score of(List<Double> folds) {
    double[] values = values(folds);
    return new Score(
        Aggregation.mean(values), Aggregation.standardError(values), List.copyOf(folds));
  }

  private static double[] values(List<Double> folds) {
    return folds.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** What a goal makes of the folds. */
  public double value(Goal goal) {
    return goal.aggregation().of(values(folds), goal.direction());
  }

  /** The score of each metric that every ended fold of the trial has. */
  public static Map<String, Score> of(Trial trial) {
    Map<String, Score> scores = new LinkedHashMap<>();
    List<Measurement> folds = List.copyOf(trial.folds().values());
    if (!folds.isEmpty()) {
      for (String metric : folds.get(0).values().keySet()) {
        if (folds.stream().allMatch(fold -> fold.has(metric))) {
          List<Double> values = new ArrayList<>();
          folds.forEach(fold -> values.add(fold.value(metric)));
          scores.put(metric, of(values));
        }
      }
    }
    return scores;
  }

  /**
   * One value of each metric over the folds that have ended: what goals and constraints make of it,
   * and the mean of any other.
   */
  static Measurement measurement(Trial trial, StudySpec spec) {
    Map<String, Double> values = new LinkedHashMap<>();
    of(trial)
        .forEach(
            (metric, score) ->
                values.put(
                    metric, aggregated(spec, metric).map(score::value).orElse(score.mean())));
    return new Measurement(values);
  }

  /** What is looked at of a metric, if that is not its mean: the goal, or a constraint as one. */
  public static Optional<Goal> aggregated(StudySpec spec, String metric) {
    return Stream.concat(
            spec.goals().stream(),
            spec.constraints().stream()
                .map(each -> new Goal(each.metric(), each.side(), each.aggregation())))
        .filter(goal -> goal.metric().equals(metric) && goal.aggregation() != Aggregation.MEAN)
        .findFirst();
  }
}
