package org.fettle.driver.report.optuna;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import org.fettle.driver.study.StudyView;
import org.fettle.driver.study.Timing;
import org.fettle.search.space.Parameter;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.Direction;
import org.fettle.search.study.Goal;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;

/**
 * A study as a journal of Optuna 4 and later, which {@code
 * JournalStorage(JournalFileBackend(file))} loads: a line for the study and one for each trial.
 * Folds are averaged: intermediate values are those of the first goal, as means over the folds.
 */
public final class OptunaJournal {

  private static final int CREATE_STUDY = 0;
  private static final int STUDY_USER_ATTR = 2;
  private static final int STUDY_SYSTEM_ATTR = 3;
  private static final int CREATE_TRIAL = 4;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

  private final StudyView view;
  private final StudySpec spec;

  private OptunaJournal(StudyView view) {
    this.view = view;
    this.spec = view.replay().history().spec();
  }

  /** The whole file. */
  public static String of(StudyView view) {
    return new OptunaJournal(view).text();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    ObjectNode study = operation(CREATE_STUDY).put("study_name", view.job().study());
    var directions = study.putArray("directions");
    for (Goal goal : spec.goals()) {
      directions.add(goal.direction() == Direction.MAXIMIZE ? 2 : 1);
    }
    text.append(study).append('\n');
    ObjectNode names = operation(STUDY_SYSTEM_ATTR).put("study_id", 0);
    var metrics = names.putObject("system_attr").putArray("study:metric_names");
    spec.goals().forEach(goal -> metrics.add(goal.metric()));
    text.append(names).append('\n');
    ObjectNode origin = operation(STUDY_USER_ATTR).put("study_id", 0);
    origin.putObject("user_attr").put("fettle", String.valueOf(view.begun().provenance()));
    text.append(origin).append('\n');
    for (Trial trial : view.replay().history().trials()) {
      text.append(trial(trial)).append('\n');
    }
    return text.toString();
  }

  private static ObjectNode operation(int code) {
    return JSON.createObjectNode().put("op_code", code).put("worker_id", "fettle");
  }

  private ObjectNode trial(Trial trial) {
    Timing timing = view.replay().timings().get(trial.number());
    Measurement measured = measured(trial);
    int state = state(trial);
    ObjectNode json = operation(CREATE_TRIAL).put("study_id", 0).put("state", state);
    json.put("datetime_start", time(timing.started()));
    timing.ended().ifPresent(ended -> json.put("datetime_complete", time(ended)));
    values(json, measured);
    ObjectNode params = json.putObject("params");
    ObjectNode distributions = json.putObject("distributions");
    for (Parameter parameter : spec.space().parameters()) {
      trial
          .assignment()
          .value(parameter.name())
          .filter(parameter::contains)
          .ifPresent(
              value -> {
                params.put(parameter.name(), Distributions.internal(parameter, value));
                distributions.put(parameter.name(), Distributions.of(parameter));
              });
    }
    ObjectNode user = json.putObject("user_attrs").put("origin", trial.origin());
    trial.outcome().flatMap(Outcome::failure).ifPresent(code -> user.put("code", code.name()));
    trial.outcome().flatMap(Outcome::explanation).ifPresent(why -> user.put("reason", why));
    measured.values().forEach((metric, value) -> user.put("score:" + metric, value));
    ObjectNode system = json.putObject("system_attrs");
    if (!spec.constraints().isEmpty() && trial.state() == TrialState.COMPLETED) {
      var violations = system.putArray("constraints");
      for (Constraint constraint : spec.constraints()) {
        violations.add(constraint.violation(measured.value(constraint.metric())));
      }
    }
    ObjectNode steps = json.putObject("intermediate_values");
    intermediate(trial).forEach((step, value) -> steps.put(Integer.toString(step), value));
    return json;
  }

  private static Measurement measured(Trial trial) {
    Outcome outcome = trial.outcome().orElse(null);
    if (outcome instanceof Outcome.Completed completed) {
      return completed.measurement();
    }
    return outcome instanceof Outcome.Pruned pruned ? pruned.measurement() : Measurement.none();
  }

  private static int state(Trial trial) {
    return switch (trial.state()) {
      case RUNNING -> 0;
      case COMPLETED -> 1;
      case PRUNED -> 2;
      case FAILED, INFEASIBLE -> 3;
    };
  }

  private void values(ObjectNode json, Measurement measured) {
    boolean all = spec.goals().stream().allMatch(goal -> measured.has(goal.metric()));
    json.putNull("value");
    json.putNull("values");
    if (!all) {
      return;
    }
    if (spec.goals().size() == 1) {
      json.put("value", measured.value(spec.goal().metric()));
    } else {
      var values = json.putArray("values");
      spec.goals().forEach(goal -> values.add(measured.value(goal.metric())));
    }
  }

  private Map<Integer, Double> intermediate(Trial trial) {
    Map<Integer, double[]> sums = new TreeMap<>();
    String metric = spec.goal().metric();
    for (Report report : trial.reports()) {
      if (report.measurement().has(metric)) {
        double[] sum = sums.computeIfAbsent(report.step(), step -> new double[2]);
        sum[0] += report.measurement().value(metric);
        sum[1]++;
      }
    }
    Map<Integer, Double> means = new TreeMap<>();
    sums.forEach((step, sum) -> means.put(step, sum[0] / sum[1]));
    return means;
  }

  private static String time(Instant at) {
    return TIME.format(at);
  }
}
