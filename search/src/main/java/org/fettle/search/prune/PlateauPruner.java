package org.fettle.search.prune;

import java.util.Optional;
import java.util.OptionalDouble;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;

/**
 * Stops a trial that no longer improves and whose best value is behind the best that the incumbent
 * had in the same fold within as many steps. A trial that is ahead may rest on its plateau.
 */
public final class PlateauPruner implements Pruner {

  private final int patience;
  private final double improvement;

  /**
   * A plateau rule.
   *
   * @param patience steps without improvement after which a trial counts as resting, at least 1
   * @param improvement a smaller gain, in units of the goal's metric, is none
   */
  public PlateauPruner(int patience, double improvement) {
    if (patience < 1 || !(improvement >= 0)) {
      throw new IllegalArgumentException(
          "Plateau must have patience ≥ 1 and improvement ≥ 0, but was %d and %s"
              .formatted(patience, improvement));
    }
    this.patience = patience;
    this.improvement = improvement;
  }

  @Override
  public Verdict decide(History history, Trial running) {
    Goal goal = history.spec().goal();
    Optional<Curves.Point> newest = Curves.newest(running, goal);
    Optional<Trial> incumbent = history.incumbent();
    if (history.spec().goals().size() > 1 || newest.isEmpty() || incumbent.isEmpty()) {
      return Verdict.keep();
    }
    Curves.Point point = newest.get();
    int since = point.step() - patience;
    OptionalDouble before = Curves.best(running, point.fold(), 1, since, goal);
    OptionalDouble after = Curves.best(running, point.fold(), since + 1, point.step(), goal);
    OptionalDouble bound = Curves.best(incumbent.get(), point.fold(), 1, point.step(), goal);
    if (before.isEmpty() || after.isEmpty() || bound.isEmpty()) {
      return Verdict.keep();
    }
    double best = Math.min(before.getAsDouble(), after.getAsDouble());
    boolean improves = before.getAsDouble() - after.getAsDouble() > improvement;
    return improves || best <= bound.getAsDouble()
        ? Verdict.keep()
        : Verdict.stop(
            "%s at best has not improved for %d steps and is behind %s of trial %d"
                .formatted(
                    Reasons.at(goal, best, point),
                    patience,
                    Reasons.value(goal, bound.getAsDouble()),
                    incumbent.get().number()));
  }
}
