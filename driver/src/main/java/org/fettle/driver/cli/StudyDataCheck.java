package org.fettle.driver.cli;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.fettle.driver.data.StudyRows;
import org.fettle.driver.job.Evaluation;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.Problems;
import org.fettle.driver.job.ValidationSpec;
import org.fettle.executor.data.Folds;
import org.fettle.executor.data.SplitException;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.data.Table;
import org.fettle.executor.data.Ties;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.metric.Metrics;
import org.fettle.optimizers.metric.PredictionMetric;

/** Divides a study's rows, and checks that its trials can be trained and judged on every fold. */
final class StudyDataCheck {

  private final JobSpec job;
  private final Table table;
  private final Problems problems;

  private StudyDataCheck(JobSpec job, Table table, Problems problems) {
    this.job = job;
    this.table = table;
    this.problems = problems;
  }

  /** The data with its folds, or nothing for a user's objective or after adding what is wrong. */
  static Optional<StudyData> of(JobSpec job, StudyRows rows, Problems problems) {
    if (!(job.evaluation() instanceof Evaluation.Network network)) {
      return Optional.empty();
    }
    StudyDataCheck check = new StudyDataCheck(job, rows.table(), problems);
    Optional<Folds> folds = check.folds(network.validation(), rows);
    folds.ifPresent(check::checkMetrics);
    folds.ifPresent(divided -> check.checkHoldout(network.training().canonical(), divided));
    return folds.map(divided -> new StudyData(rows.table(), divided));
  }

  private Optional<Folds> folds(ValidationSpec validation, StudyRows rows) {
    try {
      return Optional.of(
          Folds.of(
              validation.splitter(),
              rows.keys(),
              validation.repeats(),
              validation.test(),
              job.seed()));
    } catch (SplitException e) {
      problems.add("validation." + e.key(), e.value(), e.rule());
      return Optional.empty();
    }
  }

  /** A trial fails where a metric that decides has no value, whatever it predicts. */
  private void checkMetrics(Folds folds) {
    Set<String> deciding = new LinkedHashSet<>();
    job.goals().forEach(goal -> deciding.add(goal.metric()));
    job.constraints().forEach(constraint -> deciding.add(constraint.metric()));
    for (String name : deciding) {
      if (Metrics.named(name) instanceof PredictionMetric metric) {
        checkMetric(metric, folds);
      }
    }
  }

  /** What early stopping holds out of a fold's training rows must leave some. */
  private void checkHoldout(Object training, Folds folds) {
    Object stopping = training instanceof Map<?, ?> map ? map.get("early-stopping") : null;
    if (stopping == null || !holdsOut(stopping)) {
      return;
    }
    for (int fold = 0; fold < folds.count(); fold++) {
      Ties ties = folds.ties(fold);
      if (ties.kind() != Ties.Kind.NONE && Arrays.stream(ties.codes()).distinct().count() < 2) {
        problems.add(
            "training.early-stopping",
            "must have two %s or more to hold one out, but run %d of a trial trains on one"
                .formatted(ties.kind() == Ties.Kind.GROUPS ? "groups" : "times", fold));
        return;
      }
    }
  }

  /** Whether some option, where it is a choice, does. */
  private static boolean holdsOut(Object stopping) {
    if (stopping instanceof List<?> options) {
      return options.stream().anyMatch(StudyDataCheck::holdsOut);
    }
    return stopping instanceof Map<?, ?> map
        && (Objects.equals(map.get("type"), "holdout")
            || (map.get("choice") instanceof List<?> options && holdsOut(options)));
  }

  private void checkMetric(PredictionMetric metric, Folds folds) {
    for (int fold = 0; fold < folds.count(); fold++) {
      int[] rows = folds.validation(fold);
      if (rows.length == 0 || Double.isNaN(ofPerfectPredictions(metric, rows))) {
        String rule =
            "must have a value on every fold, but has none on fold %d, which has %s"
                .formatted(fold, described(rows));
        problems.add("goal", metric.name(), rule, "have fewer folds, or stratified ones");
        return;
      }
    }
  }

  private double ofPerfectPredictions(PredictionMetric metric, int[] rows) {
    int outputs = table.task().outputs();
    float[] targets = new float[rows.length];
    float[] predictions = new float[rows.length * outputs];
    for (int i = 0; i < rows.length; i++) {
      targets[i] = table.targets()[rows[i]];
      predictions[outputs == 1 ? i : i * outputs + (int) targets[i]] =
          outputs == 1 ? targets[i] : 1;
    }
    return metric.value(new FloatMatrix(rows.length, outputs, predictions), targets);
  }

  private String described(int[] rows) {
    boolean one = Arrays.stream(rows).mapToObj(row -> table.targets()[row]).distinct().count() == 1;
    String count = rows.length == 1 ? "1 row" : rows.length + " rows";
    return one && !table.labels().isEmpty()
        ? count + ", all of class " + table.labels().get((int) table.targets()[rows[0]])
        : count;
  }
}
