package org.fettle.search.prune;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fettle.search.numeric.Wilcoxon;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Trial;

/**
 * Races a trial against the incumbent over the folds of a cross-validation: stops it before its
 * last folds where it is clear that it will not win. Folds are paired by their number, and the
 * trial goes on whatever the tests say while its mean is no worse on the folds that both have.
 *
 * <ul>
 *   <li>The rule of E. Bergman, L. Purucker, F. Hutter, <i>Don't Waste Your Time: Early Stopping
 *       Cross-Validation</i>, AutoML 2024, arXiv 2405.03389, on the mean of the folds so far.
 *   <li>Wilcoxon's signed-rank test of the paired folds, one-sided. It is asked after each fold, so
 *       that the chance of a wrong stop is greater than the level of one test.
 * </ul>
 */
public final class RacingPruner implements Pruner {

  private final Rule rule;
  private final double significance;
  private final int pairs;

  /**
   * A race.
   *
   * @param significance stop below this probability; at 0 never by the test
   * @param pairs folds that both must have before the test is asked
   */
  public RacingPruner(Rule rule, double significance, int pairs) {
    if (!(significance >= 0 && significance < 1)) {
      throw new IllegalArgumentException("Significance must be in [0, 1), but was " + significance);
    }
    this.rule = requireNonNull(rule, "rule is null");
    this.significance = significance;
    this.pairs = pairs;
  }

  @Override
  public Verdict decide(History history, Trial running) {
    Optional<Trial> incumbent = history.incumbent();
    if (history.spec().goals().size() > 1 || incumbent.isEmpty()) {
      return Verdict.keep();
    }
    Goal goal = history.spec().goal();
    int champion = incumbent.get().number();
    Map<Integer, Double> theirs = losses(incumbent.get(), goal);
    double[] differences = differences(losses(running, goal), theirs);
    if (differences.length == 0 || Arrays.stream(differences).sum() <= 0) {
      return Verdict.keep();
    }
    double mean = mean(losses(running, goal), theirs);
    String so =
        "Mean %s %s of %d fold%s"
            .formatted(
                goal.metric(),
                Reasons.value(goal, mean),
                differences.length,
                differences.length == 1 ? "" : "s");
    Rule.Bound bound = rule.bound(theirs.values());
    if (mean > bound.loss()) {
      return Verdict.stop(
          "%s is behind %s, %s of trial %d"
              .formatted(so, Reasons.value(goal, bound.loss()), bound.name(), champion));
    }
    double chance = Wilcoxon.greater(differences);
    if (differences.length >= pairs && chance < significance) {
      return Verdict.stop(
          "%s is behind trial %d on the same folds; by chance with probability %.3f < %s"
              .formatted(so, champion, chance, significance));
    }
    return Verdict.keep();
  }

  private static Map<Integer, Double> losses(Trial trial, Goal goal) {
    Map<Integer, Double> losses = new TreeMap<>();
    for (Map.Entry<Integer, Measurement> fold : trial.folds().entrySet()) {
      if (fold.getValue().has(goal.metric())) {
        losses.put(fold.getKey(), goal.direction().loss(fold.getValue().value(goal.metric())));
      }
    }
    return losses;
  }

  /** How far the trial is behind on each fold that both have; negative where it is ahead. */
  private static double[] differences(Map<Integer, Double> mine, Map<Integer, Double> theirs) {
    return common(mine, theirs)
        .mapToDouble(fold -> fold.getValue() - theirs.getOrDefault(fold.getKey(), 0.0))
        .toArray();
  }

  private static double mean(Map<Integer, Double> mine, Map<Integer, Double> theirs) {
    return common(mine, theirs).mapToDouble(Map.Entry::getValue).average().orElseThrow();
  }

  private static Stream<Map.Entry<Integer, Double>> common(
      Map<Integer, Double> mine, Map<Integer, Double> theirs) {
    return mine.entrySet().stream().filter(fold -> theirs.containsKey(fold.getKey()));
  }
}
