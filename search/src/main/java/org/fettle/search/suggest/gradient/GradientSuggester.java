package org.fettle.search.suggest.gradient;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.History;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggestion;
import org.fettle.search.suggest.quasirandom.Sequence;
import org.fettle.search.suggest.random.Tried;

/**
 * Quasi-Newton descents with gradients from finite differences, for one goal, the first. An even
 * cover of the space gives the starts; the best is descended from first, and the next when it has
 * ended or while its trials run and workers are free. Numbers with many values move; choices and
 * numbers with few stay as they are until the others are nearly at rest, and then jump.
 *
 * <p>Each call runs the descents from their beginnings on what the history knows (see {@link
 * Memo}), so trials of other suggesters at the same points count too.
 *
 * <p>J. Nocedal, S. J. Wright, <i>Numerical Optimization</i>, 2006, chapters 6 and 8.
 */
public final class GradientSuggester implements Suggester {

  static final String NAME = "gradient";

  /** Starts to look at before chance takes over; in a finite space all may be known. */
  private static final int STARTS = 200;

  private final Knobs knobs;

  GradientSuggester(Knobs knobs) {
    this.knobs = requireNonNull(knobs, "knobs is null");
  }

  @Override
  public List<Suggestion> suggest(History history, int count) {
    history.spec().onlyGoal(NAME);
    if (count == 0) {
      return List.of();
    }
    Memo memo = new Memo(history);
    plan(history, count, memo);
    Tried tried = new Tried(history);
    List<Suggestion> suggestions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int place = i;
      RandomGenerator random =
          Seeds.generator(history.spec().seed(), history.size() + i, "suggest/gradient");
      int attempts = i < memo.missing() ? 1 : 0;
      Optional<Assignment> next = tried.next(attempt -> memo.wanted().get(place), attempts, random);
      if (next.isEmpty()) {
        break;
      }
      suggestions.add(new Suggestion(next.get(), NAME));
    }
    return suggestions;
  }

  /** Runs the descents until they want so many trials. */
  private void plan(History history, int count, Memo memo) {
    SearchSpace space = history.spec().space();
    long seed = Seeds.derive(history.spec().seed(), 0, "suggest/gradient/starts");
    Moves moves = new Moves(space, knobs.difference());
    int dimensions = space.parameters().size();
    List<Start> starts =
        IntStream.range(0, knobs.startup())
            .mapToObj(i -> Sequence.SOBOL.point(dimensions, i, seed))
            .map(point -> new Start(point, memo.loss(point)))
            .toList();
    if (starts.stream().noneMatch(start -> Double.isNaN(start.loss()))) {
      starts.stream()
          .sorted(Comparator.comparingDouble(Start::loss))
          .takeWhile(start -> memo.missing() < count)
          .forEach(start -> descend(moves, start, memo));
    }
    for (int i = knobs.startup(); i < STARTS && memo.missing() < count; i++) {
      double[] point = Sequence.SOBOL.point(dimensions, i, seed);
      descend(moves, new Start(point, memo.loss(point)), memo);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared, and not kept
  private record Start(double[] point, double loss) {}

  private void descend(Moves moves, Start start, Memo memo) {
    if (Double.isFinite(start.loss())) {
      new Descent(moves, start.point(), start.loss(), knobs).run(memo);
    }
  }
}
