package org.fettle.driver.job;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How an assignment is judged on data it was not trained on: cross-validation, the rows shuffled by
 * the study's seed.
 *
 * @param folds at least 2
 * @param stratified whether every fold has the classes in the proportion of all rows
 */
public record ValidationSpec(int folds, boolean stratified) {

  public ValidationSpec {
    if (folds < 2) {
      throw new IllegalArgumentException("Folds must be at least 2, but were " + folds);
    }
  }

  Map<String, Object> canonical() {
    Map<String, Object> canonical = new LinkedHashMap<>();
    canonical.put("folds", (long) folds);
    canonical.put("stratified", stratified);
    return canonical;
  }
}
