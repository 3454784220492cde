package org.fettle.search.study;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.SearchSpace;

/**
 * What is being searched, and for what.
 *
 * @param goals at least one; with several the study looks for a Pareto front
 * @param seed all randomness of the study derives from it
 * @param trials how many trials the study may take, if that is known
 * @param parallelism how many trials are in flight at once, at least 1
 * @param startPoints what is tried first, in this order, before the suggester has its say
 */
public record StudySpec(
    SearchSpace space,
    List<Goal> goals,
    List<Constraint> constraints,
    long seed,
    OptionalInt trials,
    int parallelism,
    List<Assignment> startPoints) {

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
    requireOneValuePerMetric(goals, constraints);
    if (trials.isPresent() && trials.getAsInt() < 1) {
      throw new IllegalArgumentException("Trials must be positive, but was " + trials.getAsInt());
    }
    if (parallelism < 1) {
      throw new IllegalArgumentException("Parallelism must be positive, but was " + parallelism);
    }
    startPoints = checkedStartPoints(space, startPoints);
  }

  /** A trial has one value of a metric, whoever asks for it. */
  private static void requireOneValuePerMetric(List<Goal> goals, List<Constraint> constraints) {
    Map<String, Aggregation> aggregations = new HashMap<>();
    goals.forEach(goal -> aggregations.put(goal.metric(), goal.aggregation()));
    for (Constraint constraint : constraints) {
      Aggregation other = aggregations.putIfAbsent(constraint.metric(), constraint.aggregation());
      if (other != null && other != constraint.aggregation()) {
        throw new IllegalArgumentException(
            "Aggregation of %s must be one for goals and constraints, but was %s and %s"
                .formatted(constraint.metric(), other, constraint.aggregation()));
      }
    }
  }

  private static List<Assignment> checkedStartPoints(SearchSpace space, List<Assignment> points) {
    List<Assignment> checked = new ArrayList<>();
    for (Assignment point : points) {
      try {
        checked.add(space.checked(point));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "Start point " + (checked.size() + 1) + " must be in the space: " + e.getMessage(), e);
      }
    }
    return List.copyOf(checked);
  }

  /** A study without start points. */
  public StudySpec(
      SearchSpace space,
      List<Goal> goals,
      List<Constraint> constraints,
      long seed,
      OptionalInt trials,
      int parallelism) {
    this(space, goals, constraints, seed, trials, parallelism, List.of());
  }

  /** A study of one goal without constraints, one trial at a time, without an end. */
  public static StudySpec of(SearchSpace space, Goal goal, long seed) {
    return new StudySpec(space, List.of(goal), List.of(), seed, OptionalInt.empty(), 1);
  }

  /** The same study, which tries these assignments first. */
  public StudySpec startingWith(Assignment... points) {
    return new StudySpec(space, goals, constraints, seed, trials, parallelism, List.of(points));
  }

  /** The first goal; the only one of a study with a single goal. */
  public Goal goal() {
    return goals.get(0);
  }

  /**
   * The goal of a study that must not have several.
   *
   * @param suggester who cannot weigh goals up, as it says if there are several
   */
  public Goal onlyGoal(String suggester) {
    if (goals.size() > 1) {
      throw new IllegalArgumentException(
          "Goals must be one with suggester %s, but were %s"
              .formatted(suggester, goals.stream().map(Goal::metric).toList()));
    }
    return goal();
  }
}
