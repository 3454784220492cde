package org.fettle.search.prune;

import java.util.Optional;
import java.util.OptionalLong;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;

/**
 * Asynchronous successive halving, stopping variant: a trial that comes to a rung goes on if it is
 * among the best 1/η of those that have come there, and otherwise frees its place at once. Ties go
 * on, and so do all until η trials have come to the rung. No trial waits for another.
 *
 * <p>L. Li et al., <i>A System for Massively Parallel Hyperparameter Tuning</i>, MLSys 2020, arXiv
 * 1810.05934.
 */
public final class HalvingPruner implements Pruner {

  private final Rungs rungs;
  private final int folds;
  private final Peers peers = new Peers(number -> true);

  /**
   * A halving rule.
   *
   * @param grace steps before the first rung is reached, at least 1
   * @param reduction η: of so many trials one passes a rung, at least 2
   * @param folds how many folds have their epochs judged
   */
  public HalvingPruner(int grace, int reduction, int folds) {
    this.rungs = new Rungs(grace, reduction);
    this.folds = folds;
  }

  @Override
  public Verdict decide(History history, Trial running) {
    return decide(history, running, rungs, folds, peers);
  }

  /** The verdict of one bracket. */
  static Verdict decide(History history, Trial running, Rungs rungs, int folds, Peers peers) {
    Goal goal = history.spec().goal();
    Optional<Curves.Point> newest = Curves.newest(running, goal);
    if (history.spec().goals().size() > 1 || newest.isEmpty() || newest.get().fold() >= folds) {
      return Verdict.keep();
    }
    Curves.Point point = newest.get();
    OptionalLong rung = rungs.reached(point.previous(), point.step());
    if (rung.isEmpty()) {
      return Verdict.keep();
    }
    double[] losses = peers.losses(history, running, point.fold(), point.step());
    int count = losses.length + 1;
    int pass = count / rungs.reduction();
    if (count < rungs.reduction() || point.loss() <= losses[pass - 1]) {
      return Verdict.keep();
    }
    return Verdict.stop(
        "%s is behind %s; %d of %d trials may pass this rung"
            .formatted(
                Reasons.at(goal, point.loss(), point),
                Reasons.value(goal, losses[pass - 1]),
                pass,
                count));
  }
}
