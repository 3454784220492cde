package org.fettle.search.suggest.evolution;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.UnitCube;
import org.fettle.search.study.History;
import org.fettle.search.study.StudySpec;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggestion;
import org.fettle.search.suggest.random.Tried;

/**
 * Evolution without generations: each trial is a child of the population as it is when the trial is
 * suggested, and the population is what survives of all completed trials, whoever suggested them.
 * So no worker waits for a generation to end. One goal or several, with constraints.
 *
 * <p>K. Deb, A. Pratap, S. Agarwal, T. Meyarivan, <i>A Fast and Elitist Multiobjective Genetic
 * Algorithm: NSGA-II</i>, 2002, doi:10.1109/4235.996017; for NSGA-III see {@link Niches}.
 */
public final class EvolutionSuggester implements Suggester {

  static final String NAME = "evolution";

  /** Children to make before chance takes over, where they have all been tried. */
  private static final int ATTEMPTS = 100;

  /** A tenth of all trials, within bounds, selects as sharply early in a study as late. */
  private static final int SHARE = 10;

  private static final int LEAST = 10;
  private static final int MOST = 100;

  private final Selection selection;
  private final OptionalInt size;
  private final int startup;
  private final int divisions;
  private final Variation variation;

  EvolutionSuggester(
      Selection selection, OptionalInt size, int startup, int divisions, Variation variation) {
    this.selection = requireNonNull(selection, "selection is null");
    this.size = size;
    this.startup = startup;
    this.divisions = divisions;
    this.variation = requireNonNull(variation, "variation is null");
  }

  @Override
  public List<Suggestion> suggest(History history, int count) {
    if (count == 0) {
      return List.of();
    }
    StudySpec spec = history.spec();
    Population population = population(history);
    Tried tried = new Tried(history);
    List<Suggestion> suggestions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      RandomGenerator random =
          Seeds.generator(spec.seed(), history.size() + i, "suggest/evolution");
      int attempts = history.completed().size() < startup ? 0 : ATTEMPTS;
      Optional<Assignment> next =
          tried.next(attempt -> child(spec, population, random), attempts, random);
      if (next.isEmpty()) {
        break;
      }
      suggestions.add(new Suggestion(next.get(), NAME));
    }
    return suggestions;
  }

  private Population population(History history) {
    StudySpec spec = history.spec();
    int goals = spec.goals().size();
    RandomGenerator random =
        Seeds.generator(spec.seed(), history.ended().size(), "suggest/evolution/niches");
    Niches niches = new Niches(goals, divisions, random);
    List<Member> all = Member.of(history);
    int most = size.orElse(Math.max(LEAST, Math.min(MOST, all.size() / SHARE)));
    return Population.of(all, most, selection.resolved(goals), niches);
  }

  private Assignment child(StudySpec spec, Population population, RandomGenerator random) {
    List<Parameter> parameters = spec.space().parameters();
    double[] one = population.tournament(random).genes();
    double[] other = population.tournament(random).genes();
    return new UnitCube(spec.space()).decode(variation.child(parameters, one, other, random));
  }
}
