package org.fettle.search.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fettle.search.numeric.Correlation;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Report;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;

/**
 * What a study's own reports say of its pruning, without running anything again: how well scores at
 * a step told how trials would end, and which pruned trials were ahead when they were stopped. It
 * looks at the first goal's metric as runs reported it, the mean over the folds that reported a
 * step. {@link PruningAudit} answers by running pruned trials to their end.
 *
 * @param pruned trials in all
 * @param stops how many trials were pruned after each step, ascending; step 0 is before any report
 * @param agreements at each step, how far the order of the completed trials there agreed with the
 *     order of their scores
 * @param ahead the pruned trials that were, at their last step, no worse than the incumbent had
 *     been at that step: what pruning may have cost
 */
public record PruningEvidence(
    int pruned, Map<Integer, Integer> stops, List<Agreement> agreements, List<Integer> ahead) {

  /**
   * Spearman's rank correlation at a step; NaN where scores do not vary.
   *
   * @param trials that completed and reported the step
   */
  public record Agreement(int step, int trials, double spearman) {}

  /** With fewer trials a correlation says nothing. */
  private static final int FEWEST = 5;

  /** At so many steps the agreement is looked at, evenly. */
  private static final int STEPS = 20;

  public PruningEvidence {
    stops = Collections.unmodifiableMap(new TreeMap<>(stops));
    agreements = List.copyOf(agreements);
    ahead = List.copyOf(ahead);
  }

  /** What the history says. */
  public static PruningEvidence of(History history) {
    Goal goal = history.spec().goal();
    Map<Integer, Integer> stops = new TreeMap<>();
    List<Integer> ahead = new ArrayList<>();
    int pruned = 0;
    for (Trial trial : history.trials()) {
      if (trial.state() == TrialState.PRUNED) {
        pruned++;
        stops.merge(lastStep(trial), 1, Integer::sum);
        if (wasAhead(trial, history, goal)) {
          ahead.add(trial.number());
        }
      }
    }
    return new PruningEvidence(pruned, stops, agreements(history, goal), ahead);
  }

  private static int lastStep(Trial trial) {
    return trial.reports().stream().mapToInt(Report::step).max().orElse(0);
  }

  private static boolean wasAhead(Trial pruned, History history, Goal goal) {
    OptionalInt last =
        pruned.reports().stream()
            .filter(report -> report.measurement().has(goal.metric()))
            .mapToInt(Report::step)
            .max();
    if (last.isEmpty() || history.incumbent().isEmpty()) {
      return false;
    }
    OptionalDouble own = at(pruned, last.getAsInt(), goal);
    OptionalDouble best = at(history.incumbent().get(), last.getAsInt(), goal);
    return own.isPresent()
        && best.isPresent()
        && !goal.direction().better(best.getAsDouble(), own.getAsDouble());
  }

  private static List<Agreement> agreements(History history, Goal goal) {
    List<Trial> completed = history.completed();
    TreeSet<Integer> steps = new TreeSet<>();
    completed.forEach(trial -> trial.reports().forEach(report -> steps.add(report.step())));
    List<Integer> all = List.copyOf(steps);
    List<Agreement> agreements = new ArrayList<>();
    int stride = Math.max(1, (all.size() + STEPS - 1) / STEPS);
    for (int i = stride - 1; i < all.size(); i += stride) {
      int step = all.get(i);
      List<double[]> pairs = new ArrayList<>();
      for (Trial trial : completed) {
        at(trial, step, goal)
            .ifPresent(
                then ->
                    pairs.add(
                        new double[] {then, trial.completed().orElseThrow().value(goal.metric())}));
      }
      if (pairs.size() >= FEWEST) {
        double[] then = pairs.stream().mapToDouble(pair -> pair[0]).toArray();
        double[] end = pairs.stream().mapToDouble(pair -> pair[1]).toArray();
        agreements.add(new Agreement(step, pairs.size(), Correlation.spearman(then, end)));
      }
    }
    return agreements;
  }

  private static OptionalDouble at(Trial trial, int step, Goal goal) {
    return trial.reports().stream()
        .filter(report -> report.step() == step && report.measurement().has(goal.metric()))
        .mapToDouble(report -> report.measurement().value(goal.metric()))
        .average();
  }

  /** "12 trials pruned, 2 of them no worse than the best was at that step". */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%d %s pruned, %d of them no worse than the best was at that step",
        pruned,
        pruned == 1 ? "trial" : "trials",
        ahead.size());
  }
}
