package org.fettle.search.prune;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;
import org.jspecify.annotations.Nullable;

/**
 * Hyperband: several brackets of asynchronous halving, each starting one rung later than the one
 * before, in case early values mislead. A trial's bracket follows from the study's seed and the
 * trial's number; brackets that stop early get more trials, so that all get about the same budget.
 *
 * <p>L. Li, K. Jamieson, G. DeSalvo, A. Rostamizadeh, A. Talwalkar, <i>Hyperband: A Novel
 * Bandit-Based Approach to Hyperparameter Optimization</i>, JMLR 18, 2018, arXiv 1603.06560.
 */
public final class HyperbandPruner implements Pruner {

  private final Rungs rungs;
  private final OptionalInt steps;
  private final int folds;
  private final AtomicReference<@Nullable Brackets> last = new AtomicReference<>();

  /** Who competes in each bracket, as long as the seed and the number of brackets stay. */
  private record Brackets(long seed, List<Peers> peers) {}

  /**
   * A hyperband rule.
   *
   * @param grace steps before the first rung of the first bracket, at least 1
   * @param reduction η, at least 2
   * @param steps the steps of a whole fold; if empty, the most of any completed trial, and until
   *     one has completed none is stopped
   * @param folds how many folds have their epochs judged
   */
  public HyperbandPruner(int grace, int reduction, OptionalInt steps, int folds) {
    this.rungs = new Rungs(grace, reduction);
    this.steps = steps;
    this.folds = folds;
  }

  @Override
  public Verdict decide(History history, Trial running) {
    Optional<Curves.Point> newest = Curves.newest(running, history.spec().goal());
    // Every bracket's rungs are among the first one's: most reports are done with here.
    if (newest.isEmpty() || rungs.reached(newest.get().previous(), newest.get().step()).isEmpty()) {
      return Verdict.keep();
    }
    int most = steps.orElseGet(() -> mostSteps(history));
    if (most < rungs.first()) {
      return Verdict.keep();
    }
    int brackets = brackets(most);
    long seed = history.spec().seed();
    int bracket = bracket(seed, running.number(), brackets);
    Peers peers = peers(seed, brackets).get(bracket);
    return HalvingPruner.decide(history, running, rungs.bracket(bracket), folds, peers);
  }

  private List<Peers> peers(long seed, int brackets) {
    Brackets known = last.get();
    if (known == null || known.seed() != seed || known.peers().size() != brackets) {
      known =
          new Brackets(
              seed,
              IntStream.range(0, brackets)
                  .mapToObj(each -> new Peers(number -> bracket(seed, number, brackets) == each))
                  .toList());
      last.set(known);
    }
    return known.peers();
  }

  private static int mostSteps(History history) {
    return history.completed().stream().mapToInt(Trial::lastStep).max().orElse(0);
  }

  /** As many brackets as rungs fit in the steps. */
  private int brackets(int most) {
    int brackets = 0;
    for (long rung = rungs.first(); rung <= most; rung *= rungs.reduction()) {
      brackets++;
    }
    return brackets;
  }

  int bracket(long seed, int number, int brackets) {
    long total = 0;
    for (int i = 0; i < brackets; i++) {
      total += share(i, brackets);
    }
    long draw = Long.remainderUnsigned(Seeds.derive(seed, number, "prune/hyperband"), total);
    int bracket = 0;
    while (draw >= share(bracket, brackets)) {
      draw -= share(bracket, brackets);
      bracket++;
    }
    return bracket;
  }

  /** How many trials a bracket starts with in the paper's algorithm 1. */
  private long share(int bracket, int brackets) {
    int halvings = brackets - 1 - bracket;
    double trials = brackets * Math.pow(rungs.reduction(), halvings) / (halvings + 1);
    return (long) Math.ceil(trials);
  }
}
