package org.fettle.optimizers.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.optimizers.training.TrainingSpec;

/**
 * Trains networks that give gradients: as many copies as the run has replicas, stepped by the same
 * arithmetic for every engine.
 */
public final class GradientLearner implements Learner {

  private final Crew crew;
  private final List<Replica> replicas;
  private final Steps steps;

  private GradientLearner(Crew crew, List<Replica> replicas, Steps steps) {
    this.crew = crew;
    this.replicas = replicas;
    this.steps = steps;
  }

  /**
   * Makes all copies and begins.
   *
   * @param network makes one; each time with the same parameters
   */
  public static GradientLearner of(
      LearnerFactory.Beginning beginning,
      Function<LearnerFactory.Beginning, GradientNetwork> network) {
    TrainingRun run = beginning.run();
    TrainingSpec spec = run.spec();
    int rows = run.training().rows();
    int batchSize = spec.batchSize(rows);
    List<Replica> replicas = new ArrayList<>();
    Crew crew = new Crew(spec.replicas().count());
    try {
      for (int i = 0; i < crew.size(); i++) {
        Batches batches = new Batches(run, batchSize);
        replicas.add(new Replica(network.apply(beginning), batches));
      }
      Steps steps =
          spec.replicas().averageEvery().isPresent()
              ? new OwnSteps(spec, crew, replicas, rows, spec.replicas().averageEvery().getAsInt())
              : new SharedSteps(spec, crew, replicas, rows);
      return new GradientLearner(crew, replicas, steps);
    } catch (Throwable failure) {
      // Memory may not hold them all.
      replicas.forEach(replica -> replica.network().close());
      crew.close();
      throw failure;
    }
  }

  @Override
  public EngineNetwork network() {
    return replicas.get(0).network();
  }

  @Override
  public long stepsPerEpoch() {
    return steps.perEpoch();
  }

  @Override
  public double epoch(Epoch epoch) {
    List<SplittableRandom> random =
        replicas.stream().map(replica -> epoch.random().split()).toList();
    crew.each(replica -> replicas.get(replica).begin(epoch.order(), random.get(replica)));
    return steps.epoch(epoch.rates(), epoch.divergence());
  }

  @Override
  public TrainingState.Memory memory() {
    return steps.memory();
  }

  @Override
  public void restore(float[] parameters, TrainingState.Memory memory) {
    steps.restore(parameters, memory);
  }

  @Override
  public void close() {
    crew.close();
    replicas.stream().skip(1).forEach(replica -> replica.network().close());
  }
}
