package org.fettle.driver.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.fettle.search.study.History;
import org.fettle.search.study.Report;
import org.fettle.search.study.Trial;
import org.jspecify.annotations.Nullable;

/** What runs said of themselves by step: losses and metrics by fold and epoch. */
public final class Curves {

  private Curves() {}

  /**
   * A trial's curves as plain data, one map for each fold: {@code fold}, {@code steps}, and a list
   * for each metric, with null where a step lacks it.
   */
  static List<Map<String, Object>> of(Trial trial) {
    Map<Integer, List<Report>> byFold = new TreeMap<>();
    for (Report report : trial.reports()) {
      byFold.computeIfAbsent(report.fold(), fold -> new ArrayList<>()).add(report);
    }
    List<Map<String, Object>> curves = new ArrayList<>();
    byFold.forEach((fold, reports) -> curves.add(curve(fold, reports)));
    return curves;
  }

  private static Map<String, Object> curve(int fold, List<Report> reports) {
    Map<String, Object> curve = new LinkedHashMap<>();
    curve.put("fold", fold);
    curve.put("steps", reports.stream().map(Report::step).toList());
    Set<String> metrics = new LinkedHashSet<>();
    reports.forEach(report -> metrics.addAll(report.measurement().values().keySet()));
    for (String metric : metrics) {
      List<@Nullable Double> values = new ArrayList<>();
      reports.forEach(report -> values.add(report.measurement().values().get(metric)));
      curve.put(metric, values);
    }
    return curve;
  }

  /** All curves of a study as CSV with a header: a line for each trial, fold, step and metric. */
  public static String csv(History history) {
    StringBuilder csv = new StringBuilder("trial,fold,step,metric,value\r\n");
    for (Trial trial : history.trials()) {
      for (Report report : trial.reports()) {
        report
            .measurement()
            .values()
            .forEach(
                (metric, value) ->
                    csv.append(trial.number())
                        .append(',')
                        .append(report.fold())
                        .append(',')
                        .append(report.step())
                        .append(',')
                        .append(TrialCsv.quoted(metric))
                        .append(',')
                        .append(value)
                        .append("\r\n"));
      }
    }
    return csv.toString();
  }
}
