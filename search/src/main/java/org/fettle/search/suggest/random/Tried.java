package org.fettle.search.suggest.random;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;

/** The assignments that a study has tried or is trying, so that they need not be tried again. */
public final class Tried {

  /** Where chance finds nothing new so often, a space is taken to be exhausted. */
  private static final int DRAWS = 300;

  private final SearchSpace space;
  private final Set<Assignment> assignments = new HashSet<>();

  /** All assignments of a history, those of running trials too. */
  public Tried(History history) {
    this.space = history.spec().space();
    for (Trial trial : history.trials()) {
      assignments.add(trial.assignment());
    }
  }

  /**
   * Takes the first proposal that is in the space and new, and notes it. Where there is none, a new
   * assignment is drawn at random; and where chance finds none either, a tried one comes again.
   * Empty only if forbidden combinations leave so little of the space that nothing was found.
   *
   * @param proposal gives a proposal for each attempt, from 0
   */
  public Optional<Assignment> next(
      IntFunction<Assignment> proposal, int attempts, RandomGenerator random) {
    Assignment repeat = null;
    for (int attempt = 0; attempt < attempts; attempt++) {
      Assignment proposed = proposal.apply(attempt);
      if (space.contains(proposed)) {
        if (assignments.add(proposed)) {
          return Optional.of(proposed);
        }
        repeat = repeat == null ? proposed : repeat;
      }
    }
    int draws = repeat != null && exhausted() ? 0 : DRAWS;
    for (int draw = 0; draw < draws; draw++) {
      Optional<Assignment> drawn = RandomSuggester.draw(space, random);
      if (drawn.isEmpty() || assignments.add(drawn.get())) {
        return drawn;
      }
      repeat = repeat == null ? drawn.get() : repeat;
    }
    return Optional.ofNullable(repeat);
  }

  private boolean exhausted() {
    BigInteger tried = BigInteger.valueOf(assignments.size());
    return space.size().map(size -> size.compareTo(tried) <= 0).orElse(false);
  }
}
