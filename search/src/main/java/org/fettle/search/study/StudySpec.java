package org.fettle.search.study;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalInt;
import org.fettle.search.space.SearchSpace;

/**
 * What is being searched, and for what.
 *
 * @param goals at least one; with several the study looks for a Pareto front
 * @param seed all randomness of the study derives from it
 * @param trials how many trials the study may take, if that is known
 * @param parallelism how many trials are in flight at once, at least 1
 */
public record StudySpec(
    SearchSpace space,
    List<Goal> goals,
    List<Constraint> constraints,
    long seed,
    OptionalInt trials,
    int parallelism) {

  public StudySpec {
    requireNonNull(space, "space is null");
    goals = List.copyOf(goals);
    constraints = List.copyOf(constraints);
    if (goals.isEmpty()) {
      throw new IllegalArgumentException("A study must have a goal");
    }
    if (goals.stream().map(Goal::metric).distinct().count() < goals.size()) {
      throw new IllegalArgumentException("Goals must differ in their metrics, but were " + goals);
    }
    if (trials.isPresent() && trials.getAsInt() < 1) {
      throw new IllegalArgumentException("Trials must be positive, but was " + trials.getAsInt());
    }
    if (parallelism < 1) {
      throw new IllegalArgumentException("Parallelism must be positive, but was " + parallelism);
    }
  }

  /** A study of one goal without constraints, one trial at a time, without an end. */
  public static StudySpec of(SearchSpace space, Goal goal, long seed) {
    return new StudySpec(space, List.of(goal), List.of(), seed, OptionalInt.empty(), 1);
  }

  /** The first goal; the only one of a study with a single goal. */
  public Goal goal() {
    return goals.get(0);
  }
}
