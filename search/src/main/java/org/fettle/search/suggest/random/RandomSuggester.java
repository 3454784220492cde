package org.fettle.search.suggest.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.History;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggestion;

/**
 * Random search: each active parameter is drawn independently, uniform on its scale. Trial n is the
 * same whatever happened to the trials before it, at any parallelism.
 *
 * <p>Draws are with replacement: a small finite space repeats itself, and {@code grid} serves it
 * better. Forbidden combinations are drawn again.
 *
 * <p>J. Bergstra, Y. Bengio, <i>Random Search for Hyper-Parameter Optimization</i>, JMLR 13, 2012.
 */
public final class RandomSuggester implements Suggester {

  static final String NAME = "random";

  /** Enough to find a one-in-a-thousand gap with near certainty. */
  private static final int ATTEMPTS = 10_000;

  @Override
  public boolean learns() {
    return false;
  }

  @Override
  public List<Suggestion> suggest(History history, int count) {
    List<Suggestion> suggestions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      RandomGenerator random =
          Seeds.generator(history.spec().seed(), history.size() + i, "suggest/random");
      Optional<Assignment> drawn = draw(history.spec().space(), random);
      if (drawn.isEmpty()) {
        break;
      }
      suggestions.add(new Suggestion(drawn.get(), NAME));
    }
    return suggestions;
  }

  /**
   * Draws an assignment that is not forbidden; empty if forbidden combinations leave so little of
   * the space that none was found.
   */
  public static Optional<Assignment> draw(SearchSpace space, RandomGenerator random) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Assignment assignment = space.assign(parameter -> parameter.fromUnit(random.nextDouble()));
      if (space.forbidden().isEmpty() || space.contains(assignment)) {
        return Optional.of(assignment);
      }
    }
    return Optional.empty();
  }
}
