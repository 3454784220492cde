package org.fettle.driver.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an assignment is judged on data it was not trained on: cross-validation, the rows shuffled by
 * the study's seed.
 *
 * @param folds at least 2
 * @param stratified whether every fold has the classes in the proportion of all rows
 * @param metrics names of what to measure besides the goals, the constraints and the standard
 *     metrics
 */
public record ValidationSpec(int folds, boolean stratified, List<String> metrics) {

  public ValidationSpec {
    metrics = List.copyOf(metrics);
    if (folds < 2) {
      throw new IllegalArgumentException("Folds must be at least 2, but were " + folds);
    }
  }

  Map<String, Object> canonical() {
    Map<String, Object> canonical = new LinkedHashMap<>();
    canonical.put("folds", (long) folds);
    canonical.put("stratified", stratified);
    if (!metrics.isEmpty()) {
      canonical.put("metrics", metrics);
    }
    return canonical;
  }
}
