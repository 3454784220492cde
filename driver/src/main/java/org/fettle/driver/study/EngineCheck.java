package org.fettle.driver.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.fettle.driver.job.Evaluation;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.Problems;
import org.fettle.executor.data.Column;
import org.fettle.executor.data.Preprocessing;
import org.fettle.executor.data.SpreadFit;
import org.fettle.executor.data.Table;
import org.fettle.executor.run.TrainingPlan;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.engine.Claim;
import org.fettle.optimizers.engine.EngineProvider;
import org.fettle.optimizers.engine.Exchange;
import org.fettle.optimizers.network.Shape;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.settings.Providers;
import org.fettle.search.suggest.random.RandomSuggester;

/** Asks the engine, before anything runs, whether it can do what the job may suggest. */
public final class EngineCheck {

  /** Draws from the space; every option of a choice of a few is among them almost surely. */
  private static final int DRAWS = 100;

  /** How many reasons are told; each drawn size makes one of its own. */
  private static final int REASONS = 3;

  private EngineCheck() {}

  /**
   * Finds the engine that trains the job. Adds what it cannot do, or what the parts of the job say
   * against each other.
   *
   * @return empty for a user's objective, or where something was added
   */
  public static Optional<EngineChoice> choose(JobSpec job, Table table, Problems problems) {
    if (!(job.evaluation() instanceof Evaluation.Network network)) {
      return Optional.empty();
    }
    RandomGenerator random = Seeds.generator(job.seed(), 0, "engine check");
    Shape input = input(table);
    List<EngineChoice> candidates = candidates(network);
    Set<String> impossible = new LinkedHashSet<>();
    List<Set<String>> refused =
        candidates.stream().<Set<String>>map(each -> new LinkedHashSet<>()).toList();
    for (int i = 0; i < DRAWS; i++) {
      RandomSuggester.draw(job.space(), random)
          .map(drawn -> JobPlan.work(network, job.resolve(drawn), job.goals()))
          .ifPresent(
              work -> {
                for (int each = 0; each < candidates.size(); each++) {
                  Set<String> refusals = refused.get(each);
                  plan(work.by(candidates.get(each).engine()), input, table, impossible)
                      .ifPresent(plan -> refusals.addAll(refusals(plan, table, network)));
                }
              });
    }
    impossible.stream()
        .limit(REASONS)
        .forEach(reason -> problems.add("model", "cannot be made in all trials: " + reason));
    for (int each = 0; each < candidates.size(); each++) {
      if (refused.get(each).isEmpty()) {
        return impossible.isEmpty() ? Optional.of(candidates.get(each)) : Optional.empty();
      }
    }
    if (candidates.isEmpty()) {
      problems.add("placement.exchange", "must be one that an engine on the class path can");
      return Optional.empty();
    }
    String first = candidates.get(0).engine();
    refused
        .get(0)
        .forEach(refusal -> problems.add("engine", first + " cannot train all trials: " + refusal));
    return Optional.empty();
  }

  /** What a row becomes; of rows that lie elsewhere, if every category is among those to train. */
  private static Shape input(Table table) {
    if (table.columns().stream().anyMatch(Column.Elsewhere.class::isInstance)) {
      return table.shape().orElseGet(() -> new Shape.Features(SpreadFit.widest(table)));
    }
    return Preprocessing.fit(table, IntStream.range(0, table.rows()).toArray()).shape();
  }

  /** The engine that the job names, or those that may be taken, the one that suits best first. */
  private static List<EngineChoice> candidates(Evaluation.Network network) {
    if (!network.engine().name().equals(Evaluation.Network.AUTO)) {
      return List.of(new EngineChoice(network.engine().name(), "the job names it"));
    }
    if (network.cluster().isPresent()) {
      Exchange exchange = network.cluster().get().exchange();
      return Providers.all(EngineProvider.class).stream()
          .filter(engine -> engine.exchanges().contains(exchange))
          .map(engine -> new EngineChoice(engine.name(), "it trains a run on several executors"))
          .toList();
    }
    record Claimant(String engine, Claim claim) {}
    return Providers.all(EngineProvider.class).stream()
        .flatMap(
            engine ->
                claim(engine, network.templates())
                    .map(claim -> new Claimant(engine.name(), claim))
                    .stream())
        .sorted(Comparator.comparing((Claimant each) -> -each.claim().rank()))
        .map(each -> new EngineChoice(each.engine(), each.claim().reason()))
        .toList();
  }

  /** The weakest claim to one of the templates; empty where there is one that it does not claim. */
  private static Optional<Claim> claim(EngineProvider engine, List<String> templates) {
    List<Optional<Claim>> claims = templates.stream().map(engine::claim).toList();
    return claims.stream().allMatch(Optional::isPresent)
        ? claims.stream().flatMap(Optional::stream).min(Comparator.comparing(Claim::rank))
        : Optional.empty();
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

  private static List<String> refusals(TrainingPlan plan, Table table, Evaluation.Network network) {
    try {
      plan.training().loss().check(table.task().outputs(), table.targets());
      List<String> refusals =
          new ArrayList<>(plan.engine().unsupported(plan.network(), plan.training()));
      network
          .cluster()
          .ifPresent(
              cluster ->
                  refusals.addAll(
                      plan.engine()
                          .unsupportedAcrossProcesses(
                              plan.network(), plan.training(), cluster.exchange())));
      return refusals;
    } catch (IllegalArgumentException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }
}
