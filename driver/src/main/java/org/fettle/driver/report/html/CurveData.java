package org.fettle.driver.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Report;
import org.fettle.search.study.Trial;
import org.jspecify.annotations.Nullable;

/** Learning curves, as means over the folds that reported a step: of the best trials and others. */
final class CurveData {

  private static final int BEST = 12;
  private static final int OTHERS = 28;
  private static final int POINTS = 120;

  private CurveData() {}

  static List<Map<String, Object>> of(History history) {
    List<Trial> reporting =
        history.trials().stream().filter(trial -> !trial.reports().isEmpty()).toList();
    Set<Trial> chosen = new LinkedHashSet<>();
    Goal goal = history.spec().goal();
    reporting.stream()
        .filter(trial -> trial.completed().isPresent())
        .sorted(
            Comparator.comparingDouble(
                trial ->
                    goal.direction().loss(trial.completed().orElseThrow().value(goal.metric()))))
        .limit(BEST)
        .forEach(chosen::add);
    int stride = Math.max(1, reporting.size() / OTHERS);
    for (int i = 0; i < reporting.size() && chosen.size() < BEST + OTHERS; i += stride) {
      chosen.add(reporting.get(i));
    }
    return chosen.stream().map(CurveData::curve).toList();
  }

  private static Map<String, Object> curve(Trial trial) {
    Map<String, SortedMap<Integer, double[]>> sums = new LinkedHashMap<>();
    for (Report report : trial.reports()) {
      report
          .measurement()
          .values()
          .forEach(
              (metric, value) -> {
                double[] sum =
                    sums.computeIfAbsent(metric, each -> new TreeMap<>())
                        .computeIfAbsent(report.step(), each -> new double[2]);
                sum[0] += value;
                sum[1]++;
              });
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("trial", trial.number());
    Map<String, Object> metrics = new LinkedHashMap<>();
    sums.forEach((metric, steps) -> metrics.put(metric, points(steps)));
    json.put("metrics", metrics);
    return json;
  }

  private static List<List<@Nullable Object>> points(SortedMap<Integer, double[]> steps) {
    List<List<@Nullable Object>> points = new ArrayList<>();
    int stride = Math.max(1, (steps.size() + POINTS - 1) / POINTS);
    int place = 0;
    for (Map.Entry<Integer, double[]> step : steps.entrySet()) {
      if (place % stride == 0 || place == steps.size() - 1) {
        List<@Nullable Object> point = new ArrayList<>();
        point.add(step.getKey());
        point.add(Compact.number(step.getValue()[0] / step.getValue()[1]));
        points.add(point);
      }
      place++;
    }
    return points;
  }
}
