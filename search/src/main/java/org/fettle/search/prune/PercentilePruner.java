package org.fettle.search.prune;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.fettle.search.numeric.Quantiles;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;

/**
 * Stops a trial whose best value so far is worse than a percentile of what all trials that came as
 * far had at the same step of the same fold. At 50 this is the median rule.
 *
 * <p>D. Golovin et al., <i>Google Vizier: A Service for Black-Box Optimization</i>, KDD 2017,
 * doi:10.1145/3097983.3098043. There completed trials alone are compared with; here those stopped
 * later count too, since a percentile of the survivors would rise from trial to trial.
 */
public final class PercentilePruner implements Pruner {

  private final double percentile;
  private final int startup;
  private final Scope scope;
  private final Peers peers = new Peers(number -> true);

  /**
   * A percentile rule.
   *
   * @param percentile how many of a hundred may go on, in (0, 100)
   * @param startup trials that must have completed before any is stopped
   */
  public PercentilePruner(double percentile, int startup, Scope scope) {
    if (!(percentile > 0 && percentile < 100)) {
      throw new IllegalArgumentException(
          "Percentile must be between 0 and 100, but was " + percentile);
    }
    this.percentile = percentile;
    this.startup = startup;
    this.scope = requireNonNull(scope, "scope is null");
  }

  @Override
  public Verdict decide(History history, Trial running) {
    if (history.spec().goals().size() > 1) {
      return Verdict.keep();
    }
    Goal goal = history.spec().goal();
    Optional<Curves.Point> newest = Curves.newest(running, goal);
    if (newest.isEmpty() || !scope.judges(newest.get())) {
      return Verdict.keep();
    }
    Curves.Point point = newest.get();
    if (!started(history)) {
      return Verdict.keep();
    }
    double[] losses = peers.losses(history, running, point.fold(), point.step());
    if (losses.length == 0) {
      return Verdict.keep();
    }
    double best = Curves.best(running, point.fold(), 1, point.step(), goal).orElseThrow();
    double bound = Quantiles.sorted(losses, percentile / 100);
    return best <= bound
        ? Verdict.keep()
        : Verdict.stop(
            "%s at best is behind %s, the %s of %d trials"
                .formatted(
                    Reasons.at(goal, best, point),
                    Reasons.value(goal, bound),
                    word(),
                    losses.length));
  }

  private boolean started(History history) {
    long completed =
        history.trials().stream()
            .filter(trial -> trial.state() == TrialState.COMPLETED)
            .limit(startup)
            .count();
    return completed >= startup;
  }

  private String word() {
    return percentile == 50 ? "median" : "bound of the best " + percentile + " %";
  }
}
