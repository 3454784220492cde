package org.fettle.driver.job;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.fettle.optimizers.metric.Metrics;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Aggregation;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.Direction;
import org.fettle.search.study.Goal;
import org.fettle.search.study.StudySpec;

/**
 * A checked job: what to tune, how to judge it, how to search, where to put the results.
 *
 * @param study the name of the study, and of its folder in {@code output}
 * @param output a URI or a path, relative to the working directory
 */
public record JobSpec(
    String study,
    long seed,
    Evaluation evaluation,
    List<Goal> goals,
    List<Constraint> constraints,
    SearchSpec search,
    Optional<Component> pruner,
    CheckpointSpec checkpoint,
    FailureSpec failures,
    String output) {

  public JobSpec {
    requireNonNull(evaluation, "evaluation is null");
    requireNonNull(search, "search is null");
    requireNonNull(pruner, "pruner is null");
    requireNonNull(checkpoint, "checkpoint is null");
    requireNonNull(failures, "failures is null");
    requireNonNull(output, "output is null");
    goals = List.copyOf(goals);
    constraints = List.copyOf(constraints);
    if (goals.isEmpty()) {
      throw new IllegalArgumentException("A job must have a goal");
    }
    if (!isFolderName(study)) {
      throw new IllegalArgumentException(
          "Study must " + JobParser.STUDY_RULE + ", but was " + study);
    }
  }

  /** The same job, trained by the engine of that name. */
  public JobSpec trainedBy(String engine) {
    if (!(evaluation instanceof Evaluation.Network network)) {
      throw new IllegalStateException("Job must train a network, but calls an objective");
    }
    Component component =
        engine.equals(network.engine().name()) ? network.engine() : new Component(engine, Map.of());
    return with(network.by(component));
  }

  /** The same job, once the file that its model names was read. */
  public JobSpec withModelFile(String content) {
    if (!(evaluation instanceof Evaluation.Network network)) {
      throw new IllegalStateException("Job must train a network, but calls an objective");
    }
    return with(network.with(content));
  }

  private JobSpec with(Evaluation.Network network) {
    return new JobSpec(
        study, seed, network, goals, constraints, search, pruner, checkpoint, failures, output);
  }

  /** The metrics that have to be measured besides the standard ones. */
  public List<String> askedMetrics() {
    if (!(evaluation instanceof Evaluation.Network network)) {
      return List.of();
    }
    return Stream.of(
            goals.stream().map(Goal::metric),
            constraints.stream().map(Constraint::metric),
            network.validation().metrics().stream())
        .flatMap(names -> names)
        .filter(name -> !Metrics.named(name).standard())
        .distinct()
        .toList();
  }

  static boolean isFolderName(String study) {
    return study.matches("[A-Za-z0-9._-]+") && !study.matches("\\.+");
  }

  /** The parameters of the job's search domains, without the combinations it forbids. */
  public SearchSpace space() {
    return new SearchSpace(evaluation.space().parameters(), search.forbidden());
  }

  /** The study, with so many trials in flight at once. */
  public StudySpec studySpec(int parallelism) {
    return new StudySpec(
        space(), goals, constraints, seed, search.trials(), parallelism, search.start());
  }

  /**
   * Returns {@code model} and {@code training}, or {@code parameters}, as plain data in which the
   * assignment's values stand for the domains.
   *
   * @throws IllegalArgumentException if the assignment is not in the space
   */
  public Map<String, Map<String, Object>> resolve(Assignment assignment) {
    space().check(assignment);
    Map<String, Map<String, Object>> resolved = new LinkedHashMap<>();
    evaluation
        .tunables()
        .forEach((key, tunable) -> resolved.put(key, group(tunable.resolve(assignment))));
    return resolved;
  }

  @SuppressWarnings("unchecked") // JobParser makes maps of these sections.
  private static Map<String, Object> group(Object resolved) {
    return (Map<String, Object>) resolved;
  }

  /**
   * The whole job as plain data with the defaults filled in, from which {@link JobParser} makes the
   * same job again.
   */
  public Map<String, Object> canonical() {
    Map<String, Object> canonical = new LinkedHashMap<>();
    canonical.put("study", study);
    canonical.put("seed", seed);
    canonical.putAll(evaluation.canonical());
    canonical.put("goal", goals.stream().map(JobSpec::canonical).toList());
    canonical.put("constraints", constraints.stream().map(JobSpec::canonical).toList());
    canonical.put("search", search.canonical());
    Map<String, Object> pruning = new LinkedHashMap<>();
    pruner.ifPresent(each -> pruning.put("pruner", each.canonical()));
    canonical.put("pruning", pruning);
    canonical.put("checkpoint", checkpoint.canonical());
    canonical.put("failures", failures.canonical());
    canonical.put("output", output);
    return canonical;
  }

  private static Map<String, Object> canonical(Goal goal) {
    Map<String, Object> canonical = new LinkedHashMap<>();
    canonical.put(goal.direction() == Direction.MINIMIZE ? "minimize" : "maximize", goal.metric());
    putAggregation(canonical, goal.aggregation());
    return canonical;
  }

  /** Left out where it is the mean, so that older jobs keep their digests. */
  private static void putAggregation(Map<String, Object> canonical, Aggregation aggregation) {
    if (aggregation != Aggregation.MEAN) {
      canonical.put("aggregate", word(aggregation));
    }
  }

  private static Map<String, Object> canonical(Constraint constraint) {
    Map<String, Object> canonical = new LinkedHashMap<>();
    canonical.put("metric", constraint.metric());
    boolean above = constraint.side() == Direction.MAXIMIZE;
    canonical.put(above ? "at-least" : "at-most", constraint.bound());
    putAggregation(canonical, constraint.aggregation());
    return canonical;
  }

  /**
   * SHA-256 in hexadecimal of all that decides what the trials are. It leaves out where results and
   * checkpoints go, how many trials there are, how many run at once and what is done about
   * failures: those may change when a study goes on.
   */
  public String digest() {
    return Digest.of(lasting());
  }

  /** {@link #canonical} without what may change when a study goes on. */
  public Map<String, Object> lasting() {
    Map<String, Object> lasting = new LinkedHashMap<>(canonical());
    lasting.keySet().removeAll(List.of("checkpoint", "failures", "output"));
    lasting.put("search", search.lasting());
    return lasting;
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
