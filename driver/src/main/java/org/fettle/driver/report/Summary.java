package org.fettle.driver.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fettle.driver.study.Replay;
import org.fettle.driver.study.Score;
import org.fettle.executor.task.RunPlace;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.Aggregation;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Trial;

/** A study in a table: its best trials, and how the others ended. */
public final class Summary {

  /** Reasons of failures may each have other numbers. */
  private static final int REASONS = 5;

  private final History history;
  private final Map<FailureCode, Integer> retried;
  private final List<RunPlace> places;
  private final int rows;

  /**
   * A summary of a study.
   *
   * @param rows how many of the best trials to show
   */
  public Summary(Replay study, int rows) {
    this.history = study.history();
    this.retried = study.retried();
    this.places = study.places().values().stream().flatMap(of -> of.values().stream()).toList();
    this.rows = rows;
  }

  /** The summary, with a line end behind each line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(counts()).append("\n");
    List<Trial> best = best();
    if (!best.isEmpty()) {
      text.append("\n").append(table(best));
    }
    history.incumbent().ifPresent(trial -> text.append(described(trial)));
    text.append(failures()).append(retries()).append(together());
    return text.toString();
  }

  private static String described(Trial best) {
    StringBuilder text = new StringBuilder("\nBest: trial " + best.number() + "\n");
    best.assignment()
        .values()
        .forEach(
            (name, value) ->
                text.append("  %s: %s\n".formatted(name, Numbers.oneLine(value.toString()))));
    return text.toString();
  }

  /** "20 trials: 18 completed, 2 failed". */
  private String counts() {
    Map<String, Integer> byState = new LinkedHashMap<>();
    for (Trial trial : history.trials()) {
      byState.merge(trial.state().name().toLowerCase(Locale.ROOT), 1, Integer::sum);
    }
    String counts =
        byState.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    int size = history.size();
    return size + (size == 1 ? " trial" : " trials") + (size == 0 ? "" : ": " + counts);
  }

  /** Those that keep the constraints first; then by the first goal. */
  private List<Trial> best() {
    Goal goal = history.spec().goal();
    return history.completed().stream()
        .sorted(
            Comparator.comparing((Trial trial) -> violates(measured(trial)))
                .thenComparingDouble(
                    trial -> goal.direction().loss(measured(trial).value(goal.metric())))
                .thenComparing(Trial::number))
        .limit(rows)
        .toList();
  }

  private static Measurement measured(Trial trial) {
    return trial.completed().orElseThrow();
  }

  private boolean violates(Measurement measurement) {
    return history.spec().constraints().stream()
        .anyMatch(constraint -> constraint.violation(measurement.value(constraint.metric())) > 0);
  }

  private String table(List<Trial> trials) {
    List<List<String>> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("trial"));
    for (Goal goal : history.spec().goals()) {
      if (goal.aggregation() != Aggregation.MEAN) {
        header.add(name(goal));
      }
      header.add(goal.metric());
    }
    header.add("assignment");
    lines.add(header);
    for (Trial trial : trials) {
      Map<String, Score> scores = Score.of(trial);
      List<String> line = new ArrayList<>(List.of(Integer.toString(trial.number())));
      for (Goal goal : history.spec().goals()) {
        Score score = scores.get(goal.metric());
        if (goal.aggregation() != Aggregation.MEAN) {
          line.add(score == null ? "" : Numbers.number(score.value(goal)));
        }
        line.add(score == null ? "" : Numbers.score(score));
      }
      line.add(brief(trial));
      lines.add(line);
    }
    return aligned(lines);
  }

  /** "accuracy"; "worst accuracy" of a goal for the worst fold. */
  static String name(Goal goal) {
    String word = goal.aggregation().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return (goal.aggregation() == Aggregation.MEAN ? "" : word + " ") + goal.metric();
  }

  /** A parameter's name without the section that it stands in. */
  static String label(String name) {
    return name.replaceFirst("^(model|training|parameters)\\.", "");
  }

  /** Parameters without the sections they stand in. */
  static String brief(Trial trial) {
    return brief(trial.assignment());
  }

  static String brief(Assignment assignment) {
    return assignment.values().entrySet().stream()
        .map(entry -> label(entry.getKey()) + "=" + Numbers.value(entry.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static String aligned(List<List<String>> lines) {
    int columns = lines.get(0).size();
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      for (int i = 0; i < columns; i++) {
        int column = i;
        int width = lines.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        boolean last = i == columns - 1;
        text.append(last ? line.get(i) : pad(line.get(i), width) + "  ");
      }
      text.append("\n");
    }
    return text.toString();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  /**
   * Why trials broke, the most frequent reason first. Why one was pruned, the progress said when it
   * was: each time with other numbers.
   */
  private String failures() {
    Map<String, Integer> reasons = new TreeMap<>();
    for (Trial trial : history.trials()) {
      trial
          .outcome()
          .filter(outcome -> outcome.failure().isPresent())
          .map(Summary::reason)
          .ifPresent(reason -> reasons.merge(reason, 1, Integer::sum));
    }
    StringBuilder text = new StringBuilder();
    reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(REASONS)
        .forEach(entry -> text.append("\n%d × %s\n".formatted(entry.getValue(), entry.getKey())));
    if (reasons.size() > REASONS) {
      text.append("\nand %d other reasons\n".formatted(reasons.size() - REASONS));
    }
    return text.toString();
  }

  /** "Runs begun again: 3 after EXECUTOR_LOST, 1 after PREEMPTED". */
  private String retries() {
    String counts =
        retried.entrySet().stream()
            .map(entry -> entry.getValue() + " after " + entry.getKey())
            .collect(Collectors.joining(", "));
    return counts.isEmpty() ? "" : "\nRuns begun again: " + counts + "\n";
  }

  /** "240 of 250 runs were trained as one network with others, up to 16 at once". */
  private String together() {
    long together = places.stream().filter(place -> place.together() > 1).count();
    int most = places.stream().mapToInt(RunPlace::together).max().orElse(1);
    return together == 0
        ? ""
        : "\n%d of %d runs were trained as one network with others, up to %d at once\n"
            .formatted(together, places.size(), most);
  }

  /** "DIVERGED: the loss became NaN"; empty for a trial that completed. */
  static String reason(Outcome outcome) {
    String code = outcome.failure().map(FailureCode::name).orElse(outcome.state().name());
    return outcome.explanation().map(reason -> code + ": " + Numbers.oneLine(reason)).orElse("");
  }
}
