package org.fettle.driver.study;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.fettle.driver.job.Evaluation;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.Problems;
import org.fettle.executor.data.Preprocessing;
import org.fettle.executor.data.Table;
import org.fettle.executor.run.TrainingPlan;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.network.Shape;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.suggest.random.RandomSuggester;

/** Asks the engine, before anything runs, whether it can do what the job may suggest. */
public final class EngineCheck {

  /** Draws from the space; every option of a choice of a few is among them almost surely. */
  private static final int DRAWS = 100;

  private EngineCheck() {}

  /** Adds what the engine cannot do, or what the parts of the job say against each other. */
  public static void check(
      JobSpec job, Evaluation.Network network, Table table, Problems problems) {
    RandomGenerator random = Seeds.generator(job.seed(), 0, "engine check");
    Shape input = Preprocessing.fit(table, IntStream.range(0, table.rows()).toArray()).shape();
    Set<String> impossible = new LinkedHashSet<>();
    Set<String> refused = new LinkedHashSet<>();
    for (int i = 0; i < DRAWS; i++) {
      RandomSuggester.draw(job.space(), random)
          .map(drawn -> JobPlan.work(network, job.resolve(drawn), job.goals()))
          .flatMap(work -> plan(work, input, table, impossible))
          .ifPresent(plan -> refused.addAll(refusals(plan, table)));
    }
    impossible.forEach(reason -> problems.add("model", "cannot be made in all trials: " + reason));
    refused.forEach(
        refusal ->
            problems.add(
                "engine", network.engine().name() + " cannot train all trials: " + refusal));
  }

  private static Optional<TrainingPlan> plan(
      Work.Network work, Shape input, Table table, Set<String> impossible) {
    try {
      return Optional.of(TrainingPlan.of(work, input, table.task()));
    } catch (IllegalArgumentException e) {
      impossible.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static List<String> refusals(TrainingPlan plan, Table table) {
    try {
      plan.training().loss().check(table.task().outputs(), table.targets());
      return plan.engine().unsupported(plan.network(), plan.training());
    } catch (IllegalArgumentException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }
}
