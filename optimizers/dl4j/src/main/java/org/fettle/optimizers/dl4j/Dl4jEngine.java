package org.fettle.optimizers.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.util.CrashReportingUtil;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainingJob;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.TrainingSpec;

/** Trains the runs of a job one after the other, on the calling thread. */
public final class Dl4jEngine implements Engine {

  static final String NAME = "dl4j";

  @Override
  public String name() {
    return NAME;
  }

  /** All layers and settings there are can be trained; a network can only be too large. */
  @Override
  public List<String> unsupported(NetworkSpec network, TrainingSpec training) {
    double parameters = 0;
    double inputs = network.inputs();
    for (Layer layer : network.layers()) {
      if (layer instanceof Layer.Dense dense) {
        parameters += (inputs + 1) * dense.units();
        inputs = dense.units();
      }
    }
    parameters += (inputs + 1) * network.outputs();
    return parameters <= Integer.MAX_VALUE
        ? List.of()
        : List.of("Parameters must be at most 2147483647, but were %.0f".formatted(parameters));
  }

  @Override
  public List<RunResult> train(TrainingJob job, RunListener listener) {
    for (TrainingRun run : job.runs()) {
      List<String> unsupported = unsupported(run.network(), run.spec());
      if (!unsupported.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", unsupported));
      }
    }
    // Else it answers an OutOfMemoryError by writing a file into the working directory.
    CrashReportingUtil.crashDumpsEnabled(false);
    int replicas =
        job.runs().stream().mapToInt(run -> run.spec().replicas().count()).max().orElseThrow();
    NativeThreads.use(Math.max(1, job.threads() / replicas));
    List<RunResult> results = new ArrayList<>();
    try {
      for (TrainingRun run : job.runs()) {
        int index = results.size();
        results.add(Dl4jRun.train(run, report -> listener.epochEnded(index, report)));
      }
      return List.copyOf(results);
    } catch (Throwable failure) {
      results.forEach(Dl4jEngine::close);
      throw failure;
    } finally {
      Workspaces.free();
    }
  }

  private static void close(RunResult result) {
    if (result instanceof RunResult.Trained trained) {
      trained.model().close();
    }
  }
}
