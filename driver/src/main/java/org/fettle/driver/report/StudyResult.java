package org.fettle.driver.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fettle.driver.study.Confusion;
import org.fettle.driver.study.Replay;
import org.fettle.search.analysis.ParetoFront;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Trial;

/** What {@code result.json} says. */
public final class StudyResult {

  private StudyResult() {}

  /**
   * Status, counts by outcome, failures by code, the best trial by the first goal if one completed,
   * and with several goals the trials of the Pareto front. Of classes, {@code best.confusion} has a
   * list for each class, in the order of the model's labels: how many of its validation rows were
   * taken for each. Where runs reported by step, {@code best.curves} has their reports by fold, and
   * {@code best.hints} what they say of the training.
   */
  public static Map<String, Object> of(Replay study) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("status", study.status().name().toLowerCase(Locale.ROOT));
    study.reason().ifPresent(reason -> result.put("stopped", reason));
    Map<String, Integer> trials = new LinkedHashMap<>();
    trials.put("total", study.history().size());
    for (Trial trial : study.history().trials()) {
      trials.merge(TrialRows.word(trial.state()), 1, Integer::sum);
    }
    result.put("trials", trials);
    Map<String, Object> failures = failures(study);
    if (!failures.isEmpty()) {
      result.put("failures", failures);
    }
    study.history().incumbent().ifPresent(best -> result.put("best", best(study, best)));
    if (study.history().spec().goals().size() > 1) {
      result.put(
          "pareto",
          ParetoFront.of(study.history()).stream().map(trial -> trial(study, trial)).toList());
    }
    return result;
  }

  /** By code: how many trials ended so, why the first did, and how many runs were begun again. */
  private static Map<String, Object> failures(Replay study) {
    Map<String, Object> failures = new LinkedHashMap<>();
    for (FailureCode code : FailureCode.values()) {
      List<Outcome> ended =
          study.history().trials().stream()
              .flatMap(trial -> trial.outcome().stream())
              .filter(outcome -> outcome.failure().equals(Optional.of(code)))
              .toList();
      int retried = study.retried().getOrDefault(code, 0);
      if (!ended.isEmpty() || retried > 0) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("trials", ended.size());
        json.put("retriedRuns", retried);
        ended.stream()
            .findFirst()
            .flatMap(Outcome::explanation)
            .ifPresent(reason -> json.put("reason", Numbers.oneLine(reason)));
        failures.put(code.name(), json);
      }
    }
    return failures;
  }

  private static Map<String, Object> best(Replay study, Trial best) {
    Map<String, Object> json = trial(study, best);
    Confusion confusion = study.confusions().get(best.number());
    if (confusion != null) {
      json.put("confusion", confusion.counts());
    }
    if (!best.reports().isEmpty()) {
      json.put("curves", Curves.of(best));
      json.put("hints", Diagnosis.ofBest(study));
    }
    return json;
  }

  private static Map<String, Object> trial(Replay study, Trial trial) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", trial.number());
    json.put("assignment", trial.assignment().values());
    json.put("scores", TrialRows.scores(study.history().spec(), trial));
    return json;
  }
}
