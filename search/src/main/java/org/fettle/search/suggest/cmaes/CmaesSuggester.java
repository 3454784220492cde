package org.fettle.search.suggest.cmaes;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.UnitCube;
import org.fettle.search.study.History;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggestion;
import org.fettle.search.suggest.random.Tried;

/**
 * CMA-ES: draws from a normal distribution that adapts its mean, size and shape to the best trials
 * of each generation. For one goal, the first; constraints rank infeasible trials behind.
 *
 * <p>No worker waits: trials are drawn from the newest generation there is, and a generation is
 * made of trials in the order of their ends, whichever distribution they came from; steps that the
 * newest one would hardly make are cut. Discrete numbers keep a margin, choices without order have
 * probabilities that adapt, and an inactive parameter is as if drawn.
 *
 * <p>N. Hansen, A. Ostermeier, <i>Completely Derandomized Self-Adaptation in Evolution
 * Strategies</i>, 2001, doi:10.1162/106365601750190398; N. Hansen, arXiv 1604.00772.
 */
public final class CmaesSuggester implements Suggester {

  static final String NAME = "cmaes";

  /** Draws before chance takes over, where they have all been tried. */
  private static final int ATTEMPTS = 50;

  private final Knobs knobs;

  CmaesSuggester(Knobs knobs) {
    this.knobs = requireNonNull(knobs, "knobs is null");
  }

  @Override
  public List<Suggestion> suggest(History history, int count) {
    history.spec().onlyGoal(NAME);
    if (count == 0) {
      return List.of();
    }
    Replay replay = new Replay(history, knobs);
    UnitCube cube = new UnitCube(history.spec().space());
    Tried tried = new Tried(history);
    List<Suggestion> suggestions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      RandomGenerator random =
          Seeds.generator(history.spec().seed(), history.size() + i, "suggest/cmaes");
      Optional<Assignment> next =
          tried.next(attempt -> cube.decode(replay.draw(random)), ATTEMPTS, random);
      if (next.isEmpty()) {
        break;
      }
      suggestions.add(new Suggestion(next.get(), NAME));
    }
    return suggestions;
  }
}
