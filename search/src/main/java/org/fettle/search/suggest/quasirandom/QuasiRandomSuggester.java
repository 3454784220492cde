package org.fettle.search.suggest.quasirandom;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.UnitCube;
import org.fettle.search.study.History;
import org.fettle.search.study.StudySpec;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggestion;

/**
 * Quasi-random search: trial n is point n of a scrambled low-discrepancy sequence, whatever
 * happened to the trials before it, at any parallelism. Each parameter has a dimension of its own,
 * used only where the parameter is active, so that the trials of one branch of a conditional space
 * are a random part of an even cover.
 *
 * <p>Where point n is a forbidden combination, point n of another scrambling takes its place. As in
 * random search, a small finite space repeats itself.
 */
public final class QuasiRandomSuggester implements Suggester {

  static final String NAME = "quasirandom";

  /** Enough to find a one-in-a-thousand gap with near certainty. */
  private static final int ATTEMPTS = 10_000;

  private final Sequence sequence;

  public QuasiRandomSuggester(Sequence sequence) {
    this.sequence = requireNonNull(sequence, "sequence is null");
  }

  @Override
  public boolean learns() {
    return false;
  }

  @Override
  public List<Suggestion> suggest(History history, int count) {
    List<Suggestion> suggestions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Optional<Assignment> drawn = draw(history.spec(), history.size() + i);
      if (drawn.isEmpty()) {
        break;
      }
      suggestions.add(new Suggestion(drawn.get(), NAME));
    }
    return suggestions;
  }

  private Optional<Assignment> draw(StudySpec spec, int number) {
    UnitCube cube = new UnitCube(spec.space());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long seed = Sequence.seed(spec.seed(), attempt);
      Assignment assignment = cube.decode(sequence.point(cube.dimensions(), number, seed));
      if (spec.space().contains(assignment)) {
        return Optional.of(assignment);
      }
    }
    return Optional.empty();
  }
}
