package org.fettle.driver.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.fettle.driver.study.Replay;
import org.fettle.driver.study.Score;
import org.fettle.search.study.Trial;
import org.jspecify.annotations.Nullable;

/**
 * The trials as CSV (RFC 4180) with a header: what {@link TrialRows} has, a column for each
 * parameter by its name, and {@code metric} and {@code metric.standardError} for each metric, with
 * {@code metric.aggregate} where the job looks at something else than the mean.
 */
public final class TrialCsv {

  private static final List<String> COMMON =
      List.of("number", "outcome", "code", "reason", "origin", "started", "ended", "seconds");

  private TrialCsv() {}

  /** The whole file. */
  public static String of(Replay study) {
    List<String> parameters =
        study.history().spec().space().parameters().stream().map(each -> each.name()).toList();
    List<String> metrics = List.copyOf(TrialRows.metrics(study.history()));
    List<String> header = new ArrayList<>(COMMON);
    header.addAll(parameters);
    for (String metric : metrics) {
      header.addAll(List.of(metric, metric + ".standardError"));
      Score.aggregated(study.history().spec(), metric)
          .ifPresent(goal -> header.add(metric + ".aggregate"));
    }
    List<List<?>> lines = new ArrayList<>(List.of(header));
    List<Map<String, Object>> rows = TrialRows.of(study);
    for (Trial trial : study.history().trials()) {
      Map<String, Object> row = rows.get(trial.number());
      List<Object> line = new ArrayList<>();
      COMMON.forEach(name -> line.add(row.getOrDefault(name, "")));
      parameters.forEach(name -> line.add(trial.assignment().values().getOrDefault(name, "")));
      Map<String, Score> scores = Score.of(trial);
      for (String metric : metrics) {
        Score score = scores.get(metric);
        line.addAll(cells(score));
        Score.aggregated(study.history().spec(), metric)
            .ifPresent(goal -> line.add(score == null ? "" : score.value(goal)));
      }
      lines.add(line);
    }
    return lines.stream()
        .map(line -> line.stream().map(TrialCsv::quoted).collect(Collectors.joining(",")))
        .collect(Collectors.joining("\r\n", "", "\r\n"));
  }

  private static List<?> cells(@Nullable Score score) {
    if (score == null) {
      return List.of("", "");
    }
    boolean single = Double.isNaN(score.standardError());
    return List.of(score.mean(), single ? "" : score.standardError());
  }

  static String quoted(Object cell) {
    String text = String.valueOf(cell);
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
