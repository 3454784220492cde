package org.fettle.driver.job;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.fettle.driver.job.DataSpec.LearningTask;
import org.fettle.driver.job.ValidationSpec.Role;
import org.fettle.executor.data.Splitter;
import org.fettle.search.settings.Settings;

/** Reads {@code validation}. */
final class ValidationSection {

  /** What makes no sense beside a key. */
  private static final Map<String, List<String>> EXCLUDED =
      Map.of(
          "fold-column",
              List.of(
                  "folds",
                  "stratified",
                  "repeats",
                  "holdout",
                  "group",
                  "time",
                  "time-series",
                  "test"),
          "time", List.of("stratified", "repeats", "group"),
          "time-series", List.of("stratified", "repeats", "group"),
          "holdout", List.of("folds", "test-size"));

  private static final List<String> OF_TIME = List.of("test-size", "max-train-size", "gap");

  private final Problems problems;
  private final Optional<LearningTask> task;

  /**
   * A reader.
   *
   * @param task empty if it is not known
   */
  ValidationSection(Problems problems, Optional<LearningTask> task) {
    this.problems = problems;
    this.task = task;
  }

  /** Returns what is written, or nothing where there are problems. */
  Optional<ValidationSpec> read(Node node) {
    Problems own = problems.within();
    Optional<Settings> settings =
        new SectionReader(own).read(node, JobSettings.VALIDATION, "validation");
    settings.ifPresent(found -> checkMetrics(found, own));
    settings.ifPresent(found -> check(found, given(node), own));
    problems.addAll(own);
    return own.isEmpty() ? settings.map(found -> spec(found, column(node))) : Optional.empty();
  }

  /** The column that divides the rows, if one is named. */
  static Optional<ValidationSpec.Column> column(Node node) {
    for (Role role : Role.values()) {
      if (node instanceof Node.Fields fields
          && fields.scalar(JobSpec.word(role)) instanceof String name
          && !name.isBlank()) {
        return Optional.of(new ValidationSpec.Column(role, name));
      }
    }
    return Optional.empty();
  }

  /** The keys that say something; a default that is written out says nothing. */
  private static Set<String> given(Node node) {
    if (!(node instanceof Node.Fields fields)) {
      return Set.of();
    }
    Map<String, Object> silent = Map.of("repeats", 1L, "gap", 0L, "time-series", false);
    Set<String> given = new LinkedHashSet<>(fields.nodes().keySet());
    silent.forEach(
        (key, value) -> {
          if (value.equals(fields.scalar(key))) {
            given.remove(key);
          }
        });
    return given;
  }

  private void check(Settings settings, Set<String> given, Problems own) {
    EXCLUDED.forEach(
        (key, excluded) ->
            excluded.stream()
                .filter(other -> given.contains(key) && given.contains(other))
                .forEach(
                    other -> own.add("validation." + other, "must be left out beside " + key)));
    boolean time = given.contains("time") || settings.flag("time-series");
    OF_TIME.stream()
        .filter(key -> given.contains(key) && !time)
        .forEach(key -> own.add("validation." + key, "must come with time or time-series: true"));
    boolean stratified = settings.has("stratified") && settings.flag("stratified");
    if (stratified && !classes()) {
      own.add("validation.stratified", true, "must be false for regression, which has no classes");
    }
    if (stratified && given.contains("group") && given.contains("holdout")) {
      own.add("validation.stratified", true, "must be false for groups that are held out");
    }
  }

  private boolean classes() {
    return !task.equals(Optional.of(LearningTask.REGRESSION));
  }

  private void checkMetrics(Settings settings, Problems own) {
    GoalSection section = new GoalSection(new SectionReader(own), false, task);
    List<String> metrics = metrics(settings);
    for (int i = 0; i < metrics.size(); i++) {
      section.check("validation.metrics[" + i + "]", metrics.get(i), Optional.empty());
    }
  }

  private static List<String> metrics(Settings settings) {
    return settings.list("metrics").stream().map(String.class::cast).toList();
  }

  private ValidationSpec spec(Settings settings, Optional<ValidationSpec.Column> column) {
    return new ValidationSpec(
        splitter(settings, column.map(ValidationSpec.Column::role)),
        column,
        Math.toIntExact(settings.integer("repeats")),
        number(settings, "test"),
        metrics(settings));
  }

  private Splitter splitter(Settings settings, Optional<Role> role) {
    if (role.equals(Optional.of(Role.FOLD_COLUMN))) {
      return new Splitter.PredefinedSplit();
    }
    boolean stratified = settings.has("stratified") ? settings.flag("stratified") : classes();
    boolean grouped = role.equals(Optional.of(Role.GROUP));
    boolean time = role.equals(Optional.of(Role.TIME)) || settings.flag("time-series");
    int folds = Math.toIntExact(settings.integer("folds"));
    int gap = Math.toIntExact(settings.integer("gap"));
    OptionalInt window = integer(settings, "max-train-size");
    OptionalDouble part = number(settings, "holdout");
    if (part.isPresent()) {
      double held = part.getAsDouble();
      Splitter random =
          grouped
              ? new Splitter.GroupShuffleSplit(held)
              : new Splitter.ShuffleSplit(held, stratified);
      return time ? new Splitter.TimeHoldOut(held, window, gap) : random;
    }
    if (time) {
      return new Splitter.TimeSeriesSplit(folds, integer(settings, "test-size"), window, gap);
    }
    return grouped
        ? new Splitter.GroupKFold(folds, stratified)
        : new Splitter.KFold(folds, stratified);
  }

  private static OptionalInt integer(Settings settings, String key) {
    return settings.has(key)
        ? OptionalInt.of(Math.toIntExact(settings.integer(key)))
        : OptionalInt.empty();
  }

  private static OptionalDouble number(Settings settings, String key) {
    return settings.has(key) ? OptionalDouble.of(settings.number(key)) : OptionalDouble.empty();
  }
}
