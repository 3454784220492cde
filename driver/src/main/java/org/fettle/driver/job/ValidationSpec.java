package org.fettle.driver.job;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.fettle.executor.data.Splitter;

/**
 * How an assignment is judged on data it was not trained on.
 *
 * @param column the column that decides who is with whom; it is no feature
 * @param repeats how often the rows are divided anew, at least 1
 * @param test the part of the rows that no trial sees, for an estimate of the best at the end
 * @param metrics names of what to measure besides the goals, the constraints and the standard
 *     metrics
 */
public record ValidationSpec(
    Splitter splitter,
    Optional<Column> column,
    int repeats,
    OptionalDouble test,
    List<String> metrics) {

  /** What a column says of its rows. */
  public enum Role {
    /** Rows of one value stay together. */
    GROUP,
    /** Numbers, dates or times, by which rows are ordered. */
    TIME,
    /** Rows of one value validate together. */
    FOLD_COLUMN
  }

  /** A column that divides the rows. */
  public record Column(Role role, String name) {
    public Column {
      requireNonNull(role, "role is null");
      requireNonNull(name, "name is null");
    }

    /** The key of the column in the job file. */
    public String key() {
      return JobSpec.word(role);
    }
  }

  public ValidationSpec {
    requireNonNull(splitter, "splitter is null");
    requireNonNull(column, "column is null");
    requireNonNull(test, "test is null");
    metrics = List.copyOf(metrics);
    if (repeats < 1) {
      throw new IllegalArgumentException("Repeats must be at least 1, but were " + repeats);
    }
  }

  Map<String, Object> canonical() {
    Map<String, Object> canonical = new LinkedHashMap<>(canonical(splitter));
    column.ifPresent(given -> canonical.put(given.key(), given.name()));
    // What is as by default is left out, so that older jobs keep their digests.
    if (repeats > 1) {
      canonical.put("repeats", (long) repeats);
    }
    test.ifPresent(part -> canonical.put("test", part));
    if (!metrics.isEmpty()) {
      canonical.put("metrics", metrics);
    }
    return canonical;
  }

  private static Map<String, Object> canonical(Splitter splitter) {
    if (splitter instanceof Splitter.KFold folds) {
      return folds(folds.folds(), folds.stratified());
    }
    if (splitter instanceof Splitter.GroupKFold folds) {
      return folds(folds.folds(), folds.stratified());
    }
    if (splitter instanceof Splitter.ShuffleSplit part) {
      return Map.of("holdout", part.part(), "stratified", part.stratified());
    }
    if (splitter instanceof Splitter.GroupShuffleSplit part) {
      return Map.of("holdout", part.part());
    }
    if (splitter instanceof Splitter.PredefinedSplit) {
      return Map.of();
    }
    if (splitter instanceof Splitter.TimeSeriesSplit time) {
      Map<String, Object> canonical = time(time.maxTrainSize(), time.gap());
      canonical.put("folds", (long) time.folds());
      time.testSize().ifPresent(size -> canonical.put("test-size", (long) size));
      return canonical;
    }
    if (splitter instanceof Splitter.TimeHoldOut time) {
      Map<String, Object> canonical = time(time.maxTrainSize(), time.gap());
      canonical.put("holdout", time.part());
      return canonical;
    }
    throw new AssertionError(splitter);
  }

  private static Map<String, Object> folds(int folds, boolean stratified) {
    Map<String, Object> canonical = new LinkedHashMap<>();
    canonical.put("folds", (long) folds);
    canonical.put("stratified", stratified);
    return canonical;
  }

  private static Map<String, Object> time(OptionalInt maxTrainSize, int gap) {
    Map<String, Object> canonical = new LinkedHashMap<>();
    canonical.put("time-series", true);
    maxTrainSize.ifPresent(size -> canonical.put("max-train-size", (long) size));
    canonical.put("gap", (long) gap);
    return canonical;
  }
}
