package org.fettle.search.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.study.Aggregation;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;

/**
 * What to try after a study, in words, the most telling first. The rules:
 *
 * <ul>
 *   <li>a parameter that explains at least {@value #MATTERS} of the variance, and whose value in
 *       the best trial is within {@value #EDGE} of an end of its range, asks for a wider range;
 *   <li>a best trial among the last {@value #LATE} of the trials asks for more of them, one that
 *       was found in the first half says that more will help little;
 *   <li>a second best trial within a standard error of the best asks for more folds to tell them
 *       apart;
 *   <li>parameters that explain less than {@value #IDLE} each may be held where they are;
 *   <li>failures of at least {@value #OFTEN} of the trials ask for a look at the most frequent.
 * </ul>
 */
public final class Advice {

  private static final double MATTERS = 0.05;
  private static final double EDGE = 0.03;
  private static final double LATE = 0.2;
  private static final double IDLE = 0.005;
  private static final double OFTEN = 0.1;

  /** With fewer completed trials shares of variance say nothing. */
  private static final int FEWEST = 10;

  private Advice() {}

  /** Sentences without an end; none where there is nothing to say. */
  public static List<String> of(History history) {
    List<String> advice = new ArrayList<>();
    failures(history).ifPresent(advice::add);
    if (history.incumbent().isPresent() && history.completed().size() >= FEWEST) {
      Trial best = history.incumbent().get();
      Map<String, Double> effects = effects(history);
      effects.forEach(
          (name, share) -> {
            if (share >= MATTERS) {
              edge(history, best, name).ifPresent(advice::add);
            }
          });
      pace(history, best).ifPresent(advice::add);
      rival(history, best).ifPresent(advice::add);
      idle(effects).ifPresent(advice::add);
    }
    return advice;
  }

  /** The share of the variance that each parameter explains, of the goal where it is greatest. */
  private static Map<String, Double> effects(History history) {
    Map<String, Double> effects = new LinkedHashMap<>();
    if (!history.spec().space().parameters().isEmpty()) {
      History subset = Subset.of(history);
      for (Goal goal : history.spec().goals()) {
        FunctionalAnova.of(ScoreForest.of(subset, goal))
            .mainEffects()
            .forEach((name, share) -> effects.merge(name, share, Math::max));
      }
    }
    return effects;
  }

  private static Optional<String> edge(History history, Trial best, String name) {
    Parameter parameter = history.spec().space().parameter(name).orElseThrow();
    Optional<Object> value = best.assignment().value(name);
    boolean number = parameter instanceof DoubleParameter || parameter instanceof IntegerParameter;
    if (!number || value.isEmpty() || parameter.cardinality().orElse(3) < 3) {
      return Optional.empty();
    }
    double unit = parameter.toUnit(value.get());
    double edge = Math.max(EDGE, 0.6 / parameter.cardinality().orElse(Long.MAX_VALUE));
    if (unit > edge && unit < 1 - edge) {
      return Optional.empty();
    }
    return Optional.of(
        "Widen %s %s: the best trial has %s, at the %s end of %s"
            .formatted(
                name,
                unit < 0.5 ? "downwards" : "upwards",
                value.get(),
                unit < 0.5 ? "lower" : "upper",
                parameter.summary()));
  }

  private static Optional<String> pace(History history, Trial best) {
    int trials = history.size();
    if (best.number() >= (1 - LATE) * trials) {
      return Optional.of(
          "Take more trials: the best is trial %d of %d, so the search was still gaining"
              .formatted(best.number(), trials));
    }
    if (best.number() < trials / 2) {
      return Optional.of(
          "More trials of this search will help little: the best was trial %d of %d"
              .formatted(best.number(), trials));
    }
    return Optional.empty();
  }

  private static Optional<String> rival(History history, Trial best) {
    Goal goal = history.spec().goal();
    double[] folds =
        best.folds().values().stream()
            .filter(fold -> fold.has(goal.metric()))
            .mapToDouble(fold -> fold.value(goal.metric()))
            .toArray();
    double error = Aggregation.standardError(folds);
    double least = loss(goal, best);
    List<Trial> close =
        history.completed().stream()
            .filter(trial -> trial.number() != best.number())
            .filter(trial -> loss(goal, trial) >= least && loss(goal, trial) <= least + error)
            .sorted(Comparator.comparingDouble(trial -> loss(goal, trial)))
            .toList();
    return close.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "Use more folds or repeats to choose: %d other trials, %d first, are within one"
                    + " standard error (%.3g) of the best",
                close.size(),
                close.get(0).number(),
                error));
  }

  private static double loss(Goal goal, Trial trial) {
    return goal.direction().loss(trial.completed().orElseThrow().value(goal.metric()));
  }

  private static Optional<String> idle(Map<String, Double> effects) {
    List<String> idle =
        effects.entrySet().stream()
            .filter(entry -> entry.getValue() < IDLE)
            .map(Map.Entry::getKey)
            .toList();
    return idle.isEmpty() || idle.size() == effects.size()
        ? Optional.empty()
        : Optional.of("Hold still what did not matter: " + String.join(", ", idle));
  }

  private static Optional<String> failures(History history) {
    List<Trial> broken =
        history.trials().stream()
            .filter(
                trial ->
                    trial.state() == TrialState.FAILED || trial.state() == TrialState.INFEASIBLE)
            .toList();
    if (broken.isEmpty() || broken.size() < OFTEN * history.size()) {
      return Optional.empty();
    }
    Map<String, Long> codes =
        broken.stream()
            .collect(
                Collectors.groupingBy(
                    trial -> trial.outcome().flatMap(Outcome::failure).orElseThrow().name(),
                    TreeMap::new,
                    Collectors.counting()));
    String most =
        codes.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElseThrow();
    return Optional.of(
        "Look at the failures first: %d of %d trials broke, %d of them with %s"
            .formatted(broken.size(), history.size(), codes.get(most), most));
  }
}
