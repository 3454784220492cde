package org.fettle.driver.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.fettle.driver.report.Diagnosis;
import org.fettle.driver.report.TrialRows;
import org.fettle.driver.study.StudyView;
import org.fettle.search.analysis.ParetoFront;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;

/**
 * All that the page shows of a study, as plain data. What a plot cannot show of many trials is
 * sampled or counted here, so that the page stays usable.
 */
public final class ReportData {

  /** Trials whose folds are shown. */
  private static final int FOLDED = 30;

  private ReportData() {}

  /** The whole study. */
  public static Map<String, Object> of(StudyView view) {
    Map<String, Object> data = head(view);
    data.put("job", view.begun().job());
    data.put("provenance", view.begun().provenance());
    data.put("trials", trials(view, view.replay().history().trials()));
    data.putAll(views(view));
    return data;
  }

  /**
   * What changed since an earlier look: the trials that ended since, and those that run.
   *
   * @param ended how many trials had ended then, the {@code ended} of what was returned
   */
  public static Map<String, Object> since(StudyView view, int ended) {
    History history = view.replay().history();
    List<Trial> changed = new ArrayList<>();
    List<Integer> ends = history.ended();
    for (int number : ends.subList(Math.max(0, Math.min(ended, ends.size())), ends.size())) {
      changed.add(history.trial(number));
    }
    changed.addAll(history.running());
    Map<String, Object> data = head(view);
    data.put("trials", trials(view, changed));
    return data;
  }

  /** What is reckoned from all trials, which takes a second or two where they are many. */
  public static Map<String, Object> views(StudyView view) {
    History history = view.replay().history();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("analysis", AnalysisData.of(history));
    data.put("pruning", AnalysisData.pruning(history));
    data.put("curves", CurveData.of(history));
    data.put("timeline", TimelineData.of(view));
    data.put("folds", folds(view));
    data.put("hints", Diagnosis.ofBest(view.replay()));
    data.put(
        "pareto",
        history.spec().goals().size() > 1
            ? ParetoFront.of(history).stream().map(Trial::number).toList()
            : List.of());
    return data;
  }

  private static Map<String, Object> head(StudyView view) {
    History history = view.replay().history();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("study", view.job().study());
    data.put("status", view.replay().status().name().toLowerCase(Locale.ROOT));
    view.replay().reason().ifPresent(reason -> data.put("reason", reason));
    data.put("created", view.begun().at().toEpochMilli());
    data.put("updated", view.updated().toEpochMilli());
    data.put("ended", history.ended().size());
    history.spec().trials().ifPresent(trials -> data.put("planned", trials));
    data.put("goals", SpaceData.goals(history.spec()));
    data.put("constraints", SpaceData.constraints(history.spec()));
    data.put("parameters", SpaceData.parameters(history.spec()));
    data.put("metrics", metrics(view));
    history.incumbent().ifPresent(best -> data.put("best", best.number()));
    history
        .incumbent()
        // A study that was made elsewhere may have trials that are not in its space.
        .filter(best -> view.job().space().contains(best.assignment()))
        .ifPresent(best -> data.put("fragment", view.job().fragment(best.assignment())));
    return data;
  }

  private static List<String> metrics(StudyView view) {
    return List.copyOf(TrialRows.metrics(view.replay().history()));
  }

  private static List<?> trials(StudyView view, List<Trial> trials) {
    return new TrialData(view, metrics(view)).rows(trials);
  }

  private static List<Map<String, Object>> folds(StudyView view) {
    History history = view.replay().history();
    Goal goal = history.spec().goal();
    Set<Trial> chosen = new LinkedHashSet<>();
    history.completed().stream()
        .filter(trial -> !trial.folds().isEmpty())
        .sorted(
            Comparator.comparingDouble(
                trial ->
                    goal.direction().loss(trial.completed().orElseThrow().value(goal.metric()))))
        .limit(FOLDED)
        .forEach(chosen::add);
    TrialData data = new TrialData(view, metrics(view));
    return chosen.stream().map(data::folds).toList();
  }
}
