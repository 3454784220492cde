package org.fettle.search.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fettle.search.numeric.Hypergeometric;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;

/**
 * How many good trials the pruner may have stopped, judged by running some of the pruned ones to
 * the end: {@link #sample} says which, {@link #of} what follows from their outcomes. A pruned trial
 * is good if its score would have been among the best so many of the completed feasible ones; with
 * {@code best} 1, better than the incumbent's.
 *
 * @param pruned trials in all
 * @param rerun trials of the sample
 * @param good trials of the sample that are good
 * @param low the least number of all pruned trials that may well be good
 * @param high the greatest such number; from low to high with 95 % confidence
 */
public record PruningAudit(int pruned, int rerun, int good, int low, int high) {

  /** How sure the interval is. */
  public static final double CONFIDENCE = 0.95;

  /**
   * The numbers of the trials to run again, ascending. They are taken at even distances from the
   * pruned trials in the order of how far they had come (in chance order where that is equal), so
   * that each is as likely as any other and early and late stops have their share. Equal arguments
   * give equal samples.
   *
   * @param size at most; all pruned trials if there are fewer
   */
  public static List<Integer> sample(History history, int size, long seed) {
    if (size < 1) {
      throw new IllegalArgumentException("Sample must be at least 1, but was " + size);
    }
    List<Trial> pruned = new ArrayList<>(pruned(history));
    pruned.sort(
        Comparator.comparingLong(PruningAudit::progress)
            .thenComparingLong(trial -> Seeds.derive(seed, trial.number(), "audit")));
    int count = Math.min(size, pruned.size());
    double start = Seeds.generator(seed, 0, "audit/start").nextDouble();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(pruned.get((int) ((i + start) * pruned.size() / count)).number());
    }
    numbers.sort(null);
    return numbers;
  }

  private static List<Trial> pruned(History history) {
    return history.trials().stream().filter(t -> t.state() == TrialState.PRUNED).toList();
  }

  /** Folds that ended, then the step that the newest report had. */
  private static long progress(Trial trial) {
    List<Report> reports = trial.reports();
    long step = reports.isEmpty() ? 0 : reports.get(reports.size() - 1).step();
    return ((long) trial.folds().size() << Integer.SIZE) + step;
  }

  /**
   * What the outcomes of a sample say.
   *
   * @param reruns the outcome of each rerun by the number of the trial that was pruned; one that
   *     did not complete is not good
   * @param best among so many a good trial would have been, at least 1
   * @throws IllegalArgumentException if there is no rerun, or one of a trial that was not pruned
   */
  public static PruningAudit of(History history, Map<Integer, Outcome> reruns, int best) {
    if (best < 1 || reruns.isEmpty()) {
      throw new IllegalArgumentException(
          "Audit must have best ≥ 1 and a rerun, but had best %d and %d reruns"
              .formatted(best, reruns.size()));
    }
    for (int number : reruns.keySet()) {
      if (history.trial(number).state() != TrialState.PRUNED) {
        throw new IllegalArgumentException(
            "Rerun must be of a pruned trial, but trial %d was %s"
                .formatted(number, history.trial(number).state()));
      }
    }
    StudySpec spec = history.spec();
    double[] losses =
        history.completed().stream()
            .map(trial -> trial.completed().orElseThrow())
            .filter(measurement -> Losses.violation(spec, measurement) <= 0)
            .mapToDouble(measurement -> loss(spec.goal(), measurement))
            .sorted()
            .toArray();
    double bound = losses.length < best ? Double.POSITIVE_INFINITY : losses[best - 1];
    int good = 0;
    for (Outcome outcome : reruns.values()) {
      if (outcome instanceof Outcome.Completed completed
          && Losses.violation(spec, completed.measurement()) <= 0
          && loss(spec.goal(), completed.measurement()) < bound) {
        good++;
      }
    }
    int pruned = pruned(history).size();
    Hypergeometric.Interval interval =
        Hypergeometric.interval(pruned, reruns.size(), good, CONFIDENCE);
    return new PruningAudit(pruned, reruns.size(), good, interval.low(), interval.high());
  }

  private static double loss(Goal goal, Measurement measurement) {
    return goal.direction().loss(measurement.value(goal.metric()));
  }

  /** The part of the pruned trials that are good, as the sample has it. */
  public double share() {
    return (double) good / rerun;
  }

  /** How many of the pruned trials are good, as the sample has it. */
  public double estimate() {
    return share() * pruned;
  }

  /** "2 of 20 reruns were good: about 9 of 90 pruned trials (2 to 26, 95 %)". */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%d of %d reruns were good: about %.0f of %d pruned trials (%d to %d, 95 %%)",
        good,
        rerun,
        estimate(),
        pruned,
        low,
        high);
  }
}
