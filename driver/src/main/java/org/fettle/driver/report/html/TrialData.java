package org.fettle.driver.report.html;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.driver.study.Score;
import org.fettle.driver.study.StudyView;
import org.fettle.driver.study.Timing;
import org.fettle.search.space.Parameter;
import org.fettle.search.study.Goal;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;
import org.jspecify.annotations.Nullable;

/**
 * Trials as rows: number, state, origin, start and end in milliseconds since the study's beginning,
 * seconds of work, code and reason, then the value of each parameter, then value and standard error
 * of each metric.
 */
final class TrialData {

  /** In the order of the page's own list. */
  private static final List<TrialState> STATES =
      List.of(
          TrialState.RUNNING,
          TrialState.COMPLETED,
          TrialState.PRUNED,
          TrialState.FAILED,
          TrialState.INFEASIBLE);

  private final StudyView view;
  private final StudySpec spec;
  private final List<String> metrics;

  TrialData(StudyView view, List<String> metrics) {
    this.view = view;
    this.spec = view.replay().history().spec();
    this.metrics = metrics;
  }

  List<List<@Nullable Object>> rows(List<Trial> trials) {
    List<List<@Nullable Object>> rows = new ArrayList<>(trials.size());
    trials.forEach(trial -> rows.add(row(trial)));
    return rows;
  }

  private List<@Nullable Object> row(Trial trial) {
    Timing timing = view.replay().timings().get(trial.number());
    List<@Nullable Object> row = new ArrayList<>();
    row.add(trial.number());
    row.add(STATES.indexOf(trial.state()));
    row.add(trial.origin());
    row.add(since(timing.started()));
    row.add(timing.ended().map(this::since).orElse(null));
    row.add(Compact.number(timing.seconds()));
    row.add(trial.outcome().flatMap(Outcome::failure).map(Enum::name).orElse(null));
    row.add(trial.outcome().flatMap(Outcome::explanation).map(Compact::text).orElse(null));
    for (Parameter parameter : spec.space().parameters()) {
      row.add(Compact.value(trial.assignment().values().get(parameter.name())));
    }
    Map<String, Score> scores = Score.of(trial);
    Map<String, Double> measured = measured(trial);
    for (String metric : metrics) {
      Score score = scores.get(metric);
      Double value = measured.get(metric);
      if (score == null) {
        row.add(value == null ? null : Compact.number(value));
        row.add(null);
      } else {
        Optional<Goal> aggregated = Score.aggregated(spec, metric);
        row.add(Compact.number(aggregated.map(score::value).orElse(score.mean())));
        row.add(Compact.number(score.standardError()));
      }
    }
    return row;
  }

  /** Studies that come from elsewhere have scores without folds. */
  private static Map<String, Double> measured(Trial trial) {
    Outcome outcome = trial.outcome().orElse(null);
    if (outcome instanceof Outcome.Completed completed) {
      return completed.measurement().values();
    }
    return outcome instanceof Outcome.Pruned pruned
        ? pruned.measurement().values()
        : Measurement.none().values();
  }

  /** Milliseconds since the study's beginning. */
  long since(Instant at) {
    return Duration.between(view.begun().at(), at).toMillis();
  }

  /** The scores of each fold, by metric. */
  Map<String, Object> folds(Trial trial) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("trial", trial.number());
    Map<String, Object> scores = new LinkedHashMap<>();
    Score.of(trial).forEach((metric, score) -> scores.put(metric, Compact.coarse(score.folds())));
    json.put("scores", scores);
    return json;
  }
}
