package org.fettle.driver.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fettle.driver.study.Replay;
import org.fettle.driver.study.Score;
import org.fettle.driver.study.Timing;
import org.fettle.executor.task.RunPlace;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;

/** Trials as plain data, for files: one map for each trial. */
public final class TrialRows {

  private TrialRows() {}

  /** The metrics that some trial measured, in the order met. */
  public static Set<String> metrics(History history) {
    Set<String> metrics = new LinkedHashSet<>();
    history.spec().goals().forEach(goal -> metrics.add(goal.metric()));
    history.trials().forEach(trial -> metrics.addAll(Score.of(trial).keySet()));
    return metrics;
  }

  /**
   * One map for each trial: number, outcome, code, reason, origin, parent, started, ended, seconds,
   * places, assignment, scores. Absent values are left out; instants are in ISO 8601.
   */
  public static List<Map<String, Object>> of(Replay study) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Trial trial : study.history().trials()) {
      rows.add(of(study, trial));
    }
    return rows;
  }

  private static Map<String, Object> of(Replay study, Trial trial) {
    Timing timing = study.timings().get(trial.number());
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("number", trial.number());
    row.put("outcome", word(trial.state()));
    trial.outcome().flatMap(Outcome::failure).ifPresent(code -> row.put("code", code.name()));
    trial.outcome().flatMap(Outcome::explanation).ifPresent(reason -> row.put("reason", reason));
    row.put("origin", trial.origin());
    trial.lineage().ifPresent(lineage -> row.put("parent", lineage.parent()));
    row.put("started", timing.started().toString());
    timing.ended().ifPresent(ended -> row.put("ended", ended.toString()));
    row.put("seconds", timing.seconds());
    List<String> places = places(study, trial);
    if (!places.isEmpty()) {
      row.put("places", places);
    }
    row.put("assignment", trial.assignment().values());
    row.put("scores", scores(study.history().spec(), trial));
    return row;
  }

  /** Where the runs were worked on, in the order of the folds. */
  static List<String> places(Replay study, Trial trial) {
    return study
        .places()
        .getOrDefault(trial.number(), Collections.emptySortedMap())
        .values()
        .stream()
        .map(RunPlace::toString)
        .toList();
  }

  /**
   * The scores of a trial by metric: mean, standardError and folds, and aggregate where the job
   * looks at something else than the mean.
   */
  static Map<String, Object> scores(StudySpec spec, Trial trial) {
    Map<String, Object> scores = new LinkedHashMap<>();
    Score.of(trial)
        .forEach(
            (metric, score) -> scores.put(metric, score(score, Score.aggregated(spec, metric))));
    return scores;
  }

  private static Map<String, Object> score(Score score, Optional<Goal> aggregated) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mean", score.mean());
    if (!Double.isNaN(score.standardError())) {
      json.put("standardError", score.standardError());
    }
    aggregated.ifPresent(goal -> json.put("aggregate", score.value(goal)));
    json.put("folds", score.folds());
    return json;
  }

  static String word(TrialState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
