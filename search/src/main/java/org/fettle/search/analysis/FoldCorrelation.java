package org.fettle.search.analysis;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.fettle.search.numeric.Correlation;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Trial;

/**
 * How far the folds agree on which trials are good: whether the first fold is worth pruning by, and
 * how many folds a study needs. Only trials that have both folds of a pair count for it, which
 * after pruning are the better ones; among them folds agree less than among all.
 *
 * @param pairs each pair of folds that at least two trials have
 * @param firstWithMean the first fold against the mean of all folds, over the trials that have all;
 *     empty of trials if fewer than two have
 */
public record FoldCorrelation(List<Pair> pairs, Agreement firstWithMean) {

  /**
   * How far two columns of scores agree; NaN where one of them does not vary.
   *
   * @param trials that have both
   */
  public record Agreement(int trials, double pearson, double spearman) {}

  /** Two folds and how far they agree. */
  public record Pair(int first, int second, Agreement agreement) {}

  public FoldCorrelation {
    pairs = List.copyOf(pairs);
  }

  /** The folds' scores of the first goal. */
  public static FoldCorrelation of(History history) {
    return of(history, history.spec().goal());
  }

  /** The same for another goal. */
  public static FoldCorrelation of(History history, Goal goal) {
    TreeSet<Integer> folds = new TreeSet<>();
    history.trials().forEach(trial -> folds.addAll(trial.folds().keySet()));
    List<Trial> trials = history.trials();
    List<Pair> pairs = new ArrayList<>();
    for (int first : folds) {
      for (int second : folds.tailSet(first, false)) {
        Agreement agreement =
            agreement(having(trials, List.of(first, second), goal), first, at(second, goal), goal);
        if (agreement.trials() > 1) {
          pairs.add(new Pair(first, second, agreement));
        }
      }
    }
    List<Trial> whole = having(trials, List.copyOf(folds), goal);
    return new FoldCorrelation(
        pairs,
        folds.isEmpty()
            ? new Agreement(0, Double.NaN, Double.NaN)
            : agreement(
                whole,
                folds.first(),
                trial ->
                    folds.stream()
                        .mapToDouble(fold -> at(fold, goal).applyAsDouble(trial))
                        .average()
                        .orElseThrow(),
                goal));
  }

  /** "The first fold orders 40 trials as the mean does by 0.93 (Spearman); folds by 0.81". */
  public String summary() {
    if (pairs.isEmpty()) {
      return "No two folds have two trials in common";
    }
    double mean =
        pairs.stream().mapToDouble(pair -> pair.agreement().spearman()).average().orElseThrow();
    return String.format(
        Locale.ROOT,
        "The first fold orders %d trials as the mean does by %.2f (Spearman); two folds agree by"
            + " %.2f on average",
        firstWithMean.trials(),
        firstWithMean.spearman(),
        mean);
  }

  private static List<Trial> having(List<Trial> trials, List<Integer> folds, Goal goal) {
    return trials.stream()
        .filter(
            trial ->
                folds.stream()
                    .allMatch(
                        fold -> {
                          Measurement measurement = trial.folds().get(fold);
                          return measurement != null && measurement.has(goal.metric());
                        }))
        .toList();
  }

  private static ToDoubleFunction<Trial> at(int fold, Goal goal) {
    return trial -> requireNonNull(trial.folds().get(fold)).value(goal.metric());
  }

  private static Agreement agreement(
      List<Trial> trials, int fold, ToDoubleFunction<Trial> other, Goal goal) {
    double[] scores = trials.stream().mapToDouble(at(fold, goal)).toArray();
    double[] others = trials.stream().mapToDouble(other).toArray();
    return new Agreement(
        trials.size(), Correlation.pearson(scores, others), Correlation.spearman(scores, others));
  }
}
