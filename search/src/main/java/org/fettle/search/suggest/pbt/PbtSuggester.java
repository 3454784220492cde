package org.fettle.search.suggest.pbt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.History;
import org.fettle.search.study.Lineage;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggestion;
import org.fettle.search.suggest.random.RandomSuggester;

/**
 * Population based training. A member of the population is a chain of trials, each of which trains
 * one generation further from where the last one ended; whoever runs the trials keeps what they
 * have learnt. The population begins with random assignments. When a trial ends, its member goes on
 * as it is, unless it is among the worst of those that completed the same generation: then it goes
 * on from the end of one of the best of them (exploit), with its assignment changed a little
 * (explore).
 *
 * <p>Nothing waits for the whole of a generation: a trial is compared with those that completed it
 * by then, once half of the population have. Members that are behind go first. A trial that failed
 * is among the worst. What a history does not say is not needed, so that a study that was cut off
 * goes on as it would have.
 *
 * <p>One that breaks the constraints less is better, whatever the goal. When all members have
 * trained all generations, there is no more.
 *
 * <p>M. Jaderberg et al., <i>Population Based Training of Neural Networks</i>, 2017, arXiv
 * 1711.09846: truncation selection, perturbation by factors; drawing anew as in Ray Tune.
 */
public final class PbtSuggester implements Suggester {

  /** The name of the suggester, and the origin of its trials. */
  public static final String NAME = "pbt";

  private final PbtSettings settings;

  PbtSuggester(PbtSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<Suggestion> suggest(History history, int count) {
    history.spec().onlyGoal(NAME);
    List<Suggestion> suggestions = new ArrayList<>(count);
    History extended = history;
    while (suggestions.size() < count) {
      Optional<Suggestion> next = next(extended);
      if (next.isEmpty()) {
        break;
      }
      suggestions.add(next.get());
      extended = next.get().startedIn(extended);
    }
    return suggestions;
  }

  private Optional<Suggestion> next(History history) {
    Population population = new Population(history);
    RandomGenerator random = Seeds.generator(history.spec().seed(), history.size(), "suggest/pbt");
    if (population.founders() < size(history)) {
      return RandomSuggester.draw(history.spec().space(), random)
          .map(drawn -> new Suggestion(drawn, NAME));
    }
    for (Trial trial : population.ready()) {
      Optional<Suggestion> next =
          trial.state() == TrialState.COMPLETED
              ? after(trial, population, history, random)
              : inPlaceOf(trial, population, history, random);
      if (next.isPresent()) {
        return next;
      }
    }
    return Optional.empty();
  }

  private int size(History history) {
    return Math.max(settings.population(), history.spec().parallelism());
  }

  private Optional<Suggestion> after(
      Trial trial, Population population, History history, RandomGenerator random) {
    int generation = population.generation(trial);
    if (generation >= settings.generations()) {
      return Optional.empty();
    }
    List<Trial> ranked = population.ranked(generation);
    int part = part(ranked);
    boolean known = 2 * ranked.size() >= size(history) && ranked.size() >= 2 * part;
    if (known && ranked.indexOf(trial) >= ranked.size() - part) {
      Trial parent = ranked.get(random.nextInt(part));
      return Optional.of(from(parent, generation + 1, trial, history, random));
    }
    Lineage lineage = new Lineage(trial.number(), trial.number(), generation + 1);
    return Optional.of(new Suggestion(trial.assignment(), NAME, Optional.of(lineage)));
  }

  /** From the best of the failed trial's generation; where there is none yet, of the one before. */
  private Optional<Suggestion> inPlaceOf(
      Trial failed, Population population, History history, RandomGenerator random) {
    int generation = population.generation(failed);
    for (int at = generation; at >= Math.max(1, generation - 1); at--) {
      List<Trial> ranked = population.ranked(at);
      if (!ranked.isEmpty() && at < settings.generations()) {
        Trial parent = ranked.get(random.nextInt(part(ranked)));
        return Optional.of(from(parent, at + 1, failed, history, random));
      }
    }
    return Optional.empty();
  }

  private int part(List<Trial> ranked) {
    return Math.max(1, (int) (settings.truncation() * ranked.size()));
  }

  private Suggestion from(
      Trial parent, int generation, Trial replaced, History history, RandomGenerator random) {
    Exploration exploration = new Exploration(history.spec().space(), settings);
    Assignment near = exploration.near(parent.assignment(), random);
    Lineage lineage = new Lineage(parent.number(), replaced.number(), generation);
    return new Suggestion(near, NAME, Optional.of(lineage));
  }
}
