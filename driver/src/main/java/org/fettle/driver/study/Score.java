package org.fettle.driver.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fettle.search.study.Measurement;
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
    int n = folds.size();
    double mean = 0;
    for (double value : folds) {
      mean += value / n;
    }
    double squares = 0;
    for (double value : folds) {
      squares += (value - mean) * (value - mean);
    }
    double error = n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n);
    return new Score(mean, error, List.copyOf(folds));
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

  /** The mean of each metric over the folds that have ended. */
  static Measurement means(Trial trial) {
    Map<String, Double> means = new LinkedHashMap<>();
    of(trial).forEach((metric, score) -> means.put(metric, score.mean()));
    return new Measurement(means);
  }
}
