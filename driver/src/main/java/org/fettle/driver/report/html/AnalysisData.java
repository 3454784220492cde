package org.fettle.driver.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fettle.search.analysis.FunctionalAnova;
import org.fettle.search.analysis.Importance;
import org.fettle.search.analysis.PartialDependence;
import org.fettle.search.analysis.PruningEvidence;
import org.fettle.search.analysis.ScoreForest;
import org.fettle.search.analysis.Subset;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.jspecify.annotations.Nullable;

/** What the analysis says of each goal: which parameters matter, and how the score goes by them. */
final class AnalysisData {

  /** With fewer there is nothing to learn from. */
  static final int FEWEST = 4;

  private static final int GOALS = 3;
  private static final int SLICES = 16;
  private static final int PAIRS = 6;

  private AnalysisData() {}

  static List<Map<String, Object>> of(History history) {
    List<Map<String, Object>> goals = new ArrayList<>();
    if (history.completed().size() < FEWEST || history.spec().space().parameters().isEmpty()) {
      return goals;
    }
    History sample = Subset.of(history);
    for (Goal goal : history.spec().goals().stream().limit(GOALS).toList()) {
      goals.add(of(history, sample, goal));
    }
    return goals;
  }

  private static Map<String, Object> of(History history, History sample, Goal goal) {
    ScoreForest forest = ScoreForest.of(sample, goal);
    FunctionalAnova anova = FunctionalAnova.of(forest);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("metric", goal.metric());
    json.put("importance", shares(Importance.of(history, goal)));
    json.put("variance", shares(anova.mainEffects()));
    List<FunctionalAnova.Interaction> pairs = anova.interactions().stream().limit(PAIRS).toList();
    json.put(
        "interactions",
        pairs.stream()
            .map(pair -> row(pair.first(), pair.second(), Compact.coarse(pair.share())))
            .toList());
    json.put(
        "slices",
        anova.mainEffects().keySet().stream()
            .limit(SLICES)
            .map(name -> dependence(PartialDependence.of(forest, name)))
            .toList());
    json.put(
        "contours",
        pairs.stream()
            .map(pair -> dependence(PartialDependence.of(forest, pair.first(), pair.second())))
            .toList());
    return json;
  }

  private static List<@Nullable Object> row(@Nullable Object... cells) {
    List<@Nullable Object> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell);
    }
    return row;
  }

  private static List<List<@Nullable Object>> shares(Map<String, Double> shares) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    shares.forEach((name, share) -> rows.add(row(name, Compact.coarse(share))));
    return rows;
  }

  private static Map<String, Object> dependence(PartialDependence dependence) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("parameters", dependence.parameters());
    List<List<@Nullable Object>> values = new ArrayList<>();
    for (List<Object> axis : dependence.values()) {
      values.add(row(axis.stream().map(Compact::value).toArray()));
    }
    json.put("values", values);
    json.put("means", dependence.means().stream().map(Compact::coarse).toList());
    if (dependence.parameters().size() == 1) {
      json.put("deviations", dependence.deviations().stream().map(Compact::coarse).toList());
    }
    return json;
  }

  static Map<String, Object> pruning(History history) {
    PruningEvidence evidence = PruningEvidence.of(history);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pruned", evidence.pruned());
    json.put("summary", evidence.summary());
    List<List<@Nullable Object>> stops = new ArrayList<>();
    evidence.stops().forEach((step, count) -> stops.add(row(step, count)));
    json.put("stops", stops);
    json.put(
        "agreements",
        evidence.agreements().stream()
            .map(each -> row(each.step(), each.trials(), Compact.coarse(each.spearman())))
            .toList());
    json.put("ahead", evidence.ahead().stream().limit(100).toList());
    return json;
  }
}
