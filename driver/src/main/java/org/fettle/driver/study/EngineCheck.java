package org.fettle.driver.study;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.fettle.driver.job.Evaluation;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.Problems;
import org.fettle.executor.data.Preprocessing;
import org.fettle.executor.data.Table;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.EngineProvider;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.NetworkTemplateProvider;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.settings.Providers;
import org.fettle.search.settings.Settings;
import org.fettle.search.suggest.random.RandomSuggester;

/** Asks the engine, before anything runs, whether it can do what the job may suggest. */
public final class EngineCheck {

  /** Draws from the space; every option of a choice of a few is among them almost surely. */
  private static final int DRAWS = 100;

  private EngineCheck() {}

  /** Adds what the engine cannot do, or what the parts of the job say against each other. */
  public static void check(
      JobSpec job, Evaluation.Network network, Table table, Problems problems) {
    EngineProvider provider = Providers.named(EngineProvider.class, network.engine().name());
    Engine engine = provider.create(Settings.of(provider.settings(), network.engine().settings()));
    RandomGenerator random = Seeds.generator(job.seed(), 0, "engine check");
    int[] rows = java.util.stream.IntStream.range(0, table.rows()).toArray();
    int inputs = Preprocessing.fit(table, rows).width();
    Set<String> refused = new LinkedHashSet<>();
    for (int i = 0; i < DRAWS; i++) {
      RandomSuggester.draw(job.space(), random)
          .ifPresent(
              drawn -> refused.addAll(refusals(engine, job.resolve(drawn), inputs, table.task())));
    }
    refused.forEach(
        refusal ->
            problems.add("engine", engine.name(), "cannot train some of these trials: " + refusal));
  }

  private static Set<String> refusals(
      Engine engine, Map<String, Map<String, Object>> resolved, int inputs, Task task) {
    try {
      Map<String, Object> model =
          new java.util.LinkedHashMap<>(resolved.getOrDefault("model", Map.of()));
      NetworkTemplateProvider template =
          Providers.named(NetworkTemplateProvider.class, String.valueOf(model.remove("template")));
      NetworkSpec spec = template.build(Settings.of(template.settings(), model), inputs, task);
      TrainingSpec training =
          TrainingSpec.from(
              Settings.of(TrainingSpec.settings(), resolved.getOrDefault("training", Map.of())),
              task);
      return new LinkedHashSet<>(engine.unsupported(spec, training));
    } catch (IllegalArgumentException e) {
      return Set.of(String.valueOf(e.getMessage()));
    }
  }
}
