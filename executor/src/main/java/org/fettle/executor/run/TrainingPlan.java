package org.fettle.executor.run;

import static java.util.Objects.requireNonNull;

import org.fettle.executor.data.PreparedFold;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.EngineProvider;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.NetworkTemplateProvider;
import org.fettle.optimizers.network.Shape;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.search.settings.Providers;
import org.fettle.search.settings.Settings;

/** What a task's names and settings stand for: the engine, the network, and its training. */
public record TrainingPlan(Engine engine, NetworkSpec network, TrainingSpec training) {

  public TrainingPlan {
    requireNonNull(engine, "engine is null");
    requireNonNull(network, "network is null");
    requireNonNull(training, "training is null");
  }

  /**
   * Looks up what the work names.
   *
   * @param input what a prepared row is
   * @throws IllegalArgumentException if a name is unknown, or settings are not allowed
   */
  public static TrainingPlan of(Work.Network work, Shape input, Task task) {
    EngineProvider engine = Providers.named(EngineProvider.class, work.engine());
    NetworkTemplateProvider template =
        Providers.named(NetworkTemplateProvider.class, work.template());
    return new TrainingPlan(
        engine.create(Settings.of(engine.settings(), work.engineSettings())),
        template.build(Settings.of(template.settings(), work.model()), input, task),
        TrainingSpec.from(Settings.of(TrainingSpec.settings(), work.training()), task));
  }

  /** A prediction that is an exponential cannot be of a target with mean 0. */
  PreparedFold suited(PreparedFold fold) {
    return training.loss().link() == Loss.Link.EXP ? fold.withTargetRatios() : fold;
  }
}
