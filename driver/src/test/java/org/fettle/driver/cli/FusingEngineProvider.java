package org.fettle.driver.cli;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.EngineProvider;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainingJob;
import org.fettle.optimizers.java.JavaEngine;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/**
 * The engine {@code java}, which takes runs of equal networks in one job, though it trains them one
 * after the other: so what comes of them must be equal to the last bit.
 */
public final class FusingEngineProvider implements EngineProvider {

  /** How many runs each job had. */
  static final Collection<Integer> JOBS = new ConcurrentLinkedQueue<>();

  @Override
  public String name() {
    return "fusing";
  }

  @Override
  public String doc() {
    return "The engine java, asked for several runs at once";
  }

  @Override
  public List<Setting> settings() {
    return List.of();
  }

  @Override
  public Engine create(Settings settings) {
    Engine java = new JavaEngine();
    return new Engine() {
      @Override
      public String name() {
        return "fusing";
      }

      @Override
      public List<String> unsupported(NetworkSpec network, TrainingSpec training) {
        return java.unsupported(network, training);
      }

      @Override
      public Optional<String> fusion(NetworkSpec network, TrainingSpec training) {
        return Optional.of(network.toString());
      }

      @Override
      public List<RunResult> train(TrainingJob job, RunListener listener) {
        JOBS.add(job.runs().size());
        return java.train(job, listener);
      }
    };
  }
}
