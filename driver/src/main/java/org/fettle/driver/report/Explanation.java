package org.fettle.driver.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.fettle.driver.study.Replay;
import org.fettle.search.analysis.Advice;
import org.fettle.search.analysis.FoldCorrelation;
import org.fettle.search.analysis.FunctionalAnova;
import org.fettle.search.analysis.Importance;
import org.fettle.search.analysis.PruningEvidence;
import org.fettle.search.analysis.ScoreForest;
import org.fettle.search.analysis.Sensitivity;
import org.fettle.search.analysis.Subset;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.suggest.Suggestion;

/** Why the best trial won, in words: what the analysis says of a study. */
public final class Explanation {

  /** With fewer completed trials nothing can be said of parameters. */
  private static final int FEWEST = 4;

  private static final int PARAMETERS = 8;
  private static final double SMALL = 0.01;
  private static final int SHOWN = 6;

  private final Replay study;
  private final History history;
  private final StringBuilder text = new StringBuilder();

  private Explanation(Replay study) {
    this.study = study;
    this.history = study.history();
  }

  /** The whole of it, with a line end behind each line. */
  public static String of(Replay study) {
    return new Explanation(study).all();
  }

  /** The short of it, for the end of a run: what mattered, and what to try next. */
  public static String brief(Replay study) {
    Explanation explanation = new Explanation(study);
    if (explanation.enough()) {
      Map<String, Double> shares = Importance.of(study.history());
      String mattered =
          shares.entrySet().stream()
              .filter(entry -> entry.getValue() >= SMALL)
              .limit(4)
              .map(entry -> Summary.label(entry.getKey()) + " " + percent(entry.getValue()))
              .collect(Collectors.joining(", "));
      if (!mattered.isEmpty()) {
        explanation.text.append("\nWhat mattered: ").append(mattered).append("\n");
      }
    }
    explanation.list("What to try next", Advice.of(study.history()).stream().limit(3).toList());
    return explanation.text.toString();
  }

  /** "hidden.repeat=2 rate=0.00319 (tpe)". */
  public static String suggestion(Suggestion suggestion) {
    return Summary.brief(suggestion.assignment()) + " (" + suggestion.origin() + ")";
  }

  private boolean enough() {
    return history.completed().size() >= FEWEST && !history.spec().space().parameters().isEmpty();
  }

  private String all() {
    for (Goal goal : history.spec().goals()) {
      parameters(goal);
    }
    sensitivity();
    list("How it trains", Diagnosis.ofBest(study));
    evidence();
    list("What to try next", Advice.of(history));
    if (text.isEmpty()) {
      text.append(
          "\nNothing to explain: %d trials completed, and it takes %d\n"
              .formatted(history.completed().size(), FEWEST));
    }
    return text.toString();
  }

  private void parameters(Goal goal) {
    if (!enough()) {
      return;
    }
    FunctionalAnova anova = FunctionalAnova.of(ScoreForest.of(Subset.of(history), goal));
    List<String> lines = new ArrayList<>();
    Importance.of(history, goal).entrySet().stream()
        .limit(PARAMETERS)
        .forEach(
            entry -> {
              double variance = anova.mainEffects().getOrDefault(entry.getKey(), 0.0);
              if (entry.getValue() >= SMALL || variance >= SMALL) {
                lines.add(
                    "%s: %s of what sets the best trials apart; alone it explains %s of the variance"
                        .formatted(entry.getKey(), percent(entry.getValue()), percent(variance)));
              }
            });
    list("What mattered for " + goal.metric(), lines);
    List<String> pairs =
        anova.interactions().stream()
            .filter(pair -> pair.share() >= SMALL)
            .limit(5)
            .map(
                pair ->
                    "%s with %s: %s of the variance beyond what each explains"
                        .formatted(pair.first(), pair.second(), percent(pair.share())))
            .toList();
    list("What depends on each other", pairs);
  }

  private void sensitivity() {
    List<String> lines = new ArrayList<>();
    String metric = history.spec().goal().metric();
    for (Sensitivity each : Sensitivity.of(history)) {
      String loss =
          each.loss() <= each.tolerance()
              ? "any value does about as well"
              : "up to %s of %s worse elsewhere".formatted(Numbers.number(each.loss()), metric);
      lines.add(
          "%s = %s: %s%s"
              .formatted(each.parameter(), Numbers.value(each.value()), loss, tolerated(each)));
    }
    list(
        "How the best trial"
            + history.incumbent().map(best -> " (" + best.number() + ")").orElse("")
            + " depends on each of its values",
        lines);
  }

  private static String tolerated(Sensitivity each) {
    List<Object> values = each.tolerated();
    if (each.loss() <= each.tolerance()) {
      return "";
    }
    if (values.isEmpty()) {
      return "; no other value does as well";
    }
    boolean range = values.stream().allMatch(Number.class::isInstance) && values.size() > 2;
    String which =
        range
            ? Numbers.value(values.get(0)) + " to " + Numbers.value(values.get(values.size() - 1))
            : values.stream().limit(SHOWN).map(Numbers::value).collect(Collectors.joining(", "));
    return "; about as good with " + which;
  }

  private void evidence() {
    List<String> lines = new ArrayList<>();
    FoldCorrelation folds = FoldCorrelation.of(history);
    if (!folds.pairs().isEmpty()) {
      lines.add(folds.summary());
    }
    PruningEvidence pruning = PruningEvidence.of(history);
    if (pruning.pruned() > 0) {
      lines.add(pruning.summary());
    }
    list("How far the scores can be trusted", lines);
  }

  private void list(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append("\n").append(title).append("\n");
      lines.forEach(line -> text.append("  ").append(line).append("\n"));
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
