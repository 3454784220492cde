package org.fettle.driver.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.fettle.driver.study.Replay;
import org.fettle.search.study.Trial;

/** What {@code result.json} says. */
public final class StudyResult {

  private StudyResult() {}

  /** Status, counts by outcome, and the best trial with its scores, if one completed. */
  public static Map<String, Object> of(Replay study) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("status", study.status().name().toLowerCase(Locale.ROOT));
    Map<String, Integer> trials = new LinkedHashMap<>();
    trials.put("total", study.history().size());
    for (Trial trial : study.history().trials()) {
      trials.merge(TrialRows.word(trial.state()), 1, Integer::sum);
    }
    result.put("trials", trials);
    study.history().incumbent().ifPresent(best -> result.put("best", best(best)));
    return result;
  }

  private static Map<String, Object> best(Trial trial) {
    Map<String, Object> best = new LinkedHashMap<>();
    best.put("number", trial.number());
    best.put("assignment", trial.assignment().values());
    best.put("scores", TrialRows.scores(trial));
    return best;
  }
}
