package org.fettle.driver.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fettle.driver.job.DataSpec.LearningTask;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.metric.Metric;
import org.fettle.optimizers.metric.Metrics;
import org.fettle.search.settings.NearMatch;
import org.fettle.search.settings.Settings;
import org.fettle.search.study.Aggregation;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.Direction;
import org.fettle.search.study.Goal;

/** Reads {@code goal} and {@code constraints}. */
final class GoalSection {

  private final SectionReader sections;
  private final Problems problems;
  private final boolean anyMetric;
  private final Optional<Task> task;

  /**
   * A reader of metrics.
   *
   * @param anyMetric whether metrics are what a user's objective says they are
   * @param task empty if it is not known
   */
  GoalSection(SectionReader sections, boolean anyMetric, Optional<LearningTask> task) {
    this.sections = sections;
    this.problems = sections.problems();
    this.anyMetric = anyMetric;
    this.task = task.map(GoalSection::example);
  }

  /** A task of the kind; how many classes there are does not matter to a metric. */
  static Task example(LearningTask task) {
    return task == LearningTask.CLASSIFICATION ? new Task.Classification(2) : new Task.Regression();
  }

  List<Goal> goals(Node node) {
    List<Goal> goals = new ArrayList<>();
    if (node instanceof Node.Items items) {
      if (items.nodes().isEmpty()) {
        problems.add("goal", "must have at least one goal");
      }
      node.children("goal").forEach((path, each) -> goal(each, path, goals));
    } else {
      goal(node, "goal", goals);
    }
    return goals;
  }

  private void goal(Node node, String path, List<Goal> goals) {
    Optional<Settings> settings = sections.read(node, JobSettings.GOAL, path);
    if (settings.isEmpty()) {
      return;
    }
    boolean least = settings.get().has("minimize");
    if (least == settings.get().has("maximize")) {
      String rule = "must have either maximize or minimize";
      problems.add(path, node, rule, "several goals are a list of maps");
      return;
    }
    String key = least ? "minimize" : "maximize";
    Direction direction = least ? Direction.MINIMIZE : Direction.MAXIMIZE;
    String metric = settings.get().text(key);
    check(path + "." + key, metric, Optional.of(direction));
    if (goals.stream().anyMatch(other -> other.metric().equals(metric))) {
      problems.add(path + "." + key, metric, "must differ from the other goals' metrics");
    }
    goals.add(new Goal(metric, direction, settings.get().word("aggregate", Aggregation.class)));
  }

  /** The constraints of a job with these goals. */
  List<Constraint> constraints(Node node, List<Goal> goals) {
    List<Constraint> constraints = new ArrayList<>();
    if (!(node instanceof Node.Items)) {
      problems.add("constraints", node, "must be a list of maps");
      return constraints;
    }
    node.children("constraints")
        .forEach((path, each) -> constraint(each, path, goals, constraints));
    return constraints;
  }

  private void constraint(Node node, String path, List<Goal> goals, List<Constraint> constraints) {
    Optional<Settings> settings = sections.read(node, JobSettings.CONSTRAINT, path);
    if (settings.isEmpty()) {
      return;
    }
    String metric = settings.get().text("metric");
    check(path + ".metric", metric, Optional.empty());
    Optional<Double> most = settings.get().optionalNumber("at-most");
    Optional<Double> least = settings.get().optionalNumber("at-least");
    if (most.isPresent() == least.isPresent()) {
      problems.add(path, node, "must have either at-most or at-least");
      return;
    }
    Optional<Aggregation> decided =
        Stream.concat(
                goals.stream().filter(goal -> goal.metric().equals(metric)).map(Goal::aggregation),
                constraints.stream()
                    .filter(other -> other.metric().equals(metric))
                    .map(Constraint::aggregation))
            .findFirst();
    Aggregation aggregation =
        settings.get().has("aggregate")
            ? settings.get().word("aggregate", Aggregation.class)
            : decided.orElse(Aggregation.MEAN);
    if (decided.isPresent() && decided.get() != aggregation) {
      String rule = "must be %s, as what is looked at of %s elsewhere";
      problems.add(
          path + ".aggregate",
          JobSpec.word(aggregation),
          rule.formatted(JobSpec.word(decided.get()), metric));
      return;
    }
    constraints.add(
        most.isPresent()
            ? new Constraint(metric, Direction.MINIMIZE, most.get(), aggregation)
            : new Constraint(metric, Direction.MAXIMIZE, least.orElseThrow(), aggregation));
  }

  /** Says what is wrong with the name of a metric, and with what is wanted of it. */
  void check(String path, String name, Optional<Direction> direction) {
    if (anyMetric) {
      return;
    }
    Optional<Metric> metric = Metrics.find(name);
    if (metric.isEmpty()) {
      List<String> known = known();
      problems.add(
          path, name, "must be one of " + String.join(", ", known), NearMatch.hint(name, known));
      return;
    }
    if (task.isPresent() && !metric.get().suits(task.get())) {
      String rule = "must be a metric of the task, one of " + String.join(", ", known());
      problems.add(path, name, rule);
      return;
    }
    boolean higher = metric.get().better() == Metric.Better.HIGHER;
    Direction sensible = higher ? Direction.MAXIMIZE : Direction.MINIMIZE;
    if (direction.isPresent() && direction.get() != sensible) {
      String hint = "write " + (higher ? "maximize: " : "minimize: ") + name;
      String rule = "must be a metric of which " + (higher ? "less" : "more") + " is better";
      problems.add(path, name, rule, hint);
    }
  }

  private List<String> known() {
    return Metrics.all().stream()
        .filter(metric -> task.isEmpty() || metric.suits(task.get()))
        .map(Metric::name)
        .toList();
  }
}
