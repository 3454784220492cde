package org.fettle.search.suggest.tpe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.space.UnitCube;
import org.fettle.search.study.History;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggestion;
import org.fettle.search.suggest.random.RandomSuggester;
import org.jspecify.annotations.Nullable;

/**
 * The tree-structured Parzen estimator: of the places that a density of the good trials draws, the
 * one where it exceeds the density of all other trials the most.
 *
 * <p>The first trials are random. Good are the best few trials that ended within the constraints;
 * for want of those also pruned trials, the later the better, and then trials that broke
 * constraints, the less the better. With several goals trials count by their non-domination front,
 * then by their share of the front's hypervolume. Infeasible trials are never good. Running trials
 * are among the others, so that trials in flight keep apart. Trials that fell victim to their
 * surroundings are left out.
 *
 * <p>A density is a sum of products of kernels, a product for each trial. In a tree of parameters a
 * product runs over what is active, and where a trial lacks a parameter its kernel is uniform;
 * thereby options compete by the densities of their trials, and parameters of an option are learned
 * from the trials that have it.
 *
 * <p>An option that is good only once its parameters are tuned would lose that competition early
 * on. A share of the suggestions therefore has random options, of those that are {@linkplain
 * org.fettle.search.suggest.Prospects promising}, and models the other parameters by the trials
 * with these options alone.
 *
 * <p>A finite space is tried in full before an assignment comes again.
 *
 * <p>J. Bergstra, R. Bardenet, Y. Bengio, B. Kégl, <i>Algorithms for Hyper-Parameter
 * Optimization</i>, NIPS 2011; S. Falkner, A. Klein, F. Hutter, <i>BOHB</i>, ICML 2018 (products);
 * S. Watanabe, <i>Tree-Structured Parzen Estimator</i>, arXiv 2304.11127; Y. Ozaki et al.,
 * <i>Multiobjective Tree-Structured Parzen Estimator</i>, JAIR 73, 2022.
 */
public final class TpeSuggester implements Suggester {

  static final String NAME = "tpe";

  /** Finds the last new one of a hundred assignments all but certainly. */
  private static final int ATTEMPTS = 1_000;

  private final TpeSettings settings;

  /**
   * The trials of the history last seen, encoded. A call takes it out, so that no two threads share
   * it, and makes a new one if it finds none or another study's: only time can tell.
   */
  private final AtomicReference<@Nullable TrialTable> lastTable = new AtomicReference<>();

  TpeSuggester(TpeSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<Suggestion> suggest(History history, int count) {
    TrialTable table = lastTable.getAndSet(null);
    if (table == null || !table.follows(history)) {
      table = new TrialTable(history.spec());
    }
    table.follow(history);
    List<Suggestion> suggestions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Optional<Assignment> next = next(table, history.size() + i);
      if (next.isEmpty()) {
        break;
      }
      table.addPending(next.get());
      suggestions.add(new Suggestion(next.get(), NAME));
    }
    table.dropPending();
    lastTable.set(table);
    return suggestions;
  }

  private Optional<Assignment> next(TrialTable table, int number) {
    RandomGenerator random = Seeds.generator(table.spec().seed(), number, "suggest/tpe");
    int finished = 0;
    for (int row = 0; row < table.size(); row++) {
      finished += table.standing(row).finished() ? 1 : 0;
    }
    List<double[]> points = List.of();
    if (finished >= settings.startup()) {
      points = new Candidates(table, settings).drawn(random);
    }
    return choose(table, points, random);
  }

  /** The first allowed point that is new; for want of any a random one; then one that is not. */
  private static Optional<Assignment> choose(
      TrialTable table, List<double[]> points, RandomGenerator random) {
    SearchSpace space = table.spec().space();
    UnitCube cube = new UnitCube(space);
    Optional<Assignment> seen = Optional.empty();
    for (double[] point : points) {
      Assignment assignment = cube.decode(point);
      if (space.forbidden().isEmpty() || space.contains(assignment)) {
        if (!table.contains(assignment)) {
          return Optional.of(assignment);
        }
        seen = seen.isEmpty() ? Optional.of(assignment) : seen;
      }
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Assignment> drawn = RandomSuggester.draw(space, random);
      if (drawn.isEmpty() || !table.contains(drawn.get())) {
        return drawn;
      }
      seen = seen.isEmpty() ? drawn : seen;
    }
    return seen;
  }
}
