package org.fettle.optimizers.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainingJob;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;
import org.fettle.optimizers.training.TrainingSpec;

/** Trains the runs of a job one after the other, on the calling thread. */
public final class Dl4jEngine implements Engine {

  static final String NAME = "dl4j";

  @Override
  public String name() {
    return NAME;
  }

  /** All there is can be trained but gated recurrent units; a network can be too large. */
  @Override
  public List<String> unsupported(NetworkSpec network, TrainingSpec training) {
    List<String> unsupported = new ArrayList<>();
    if (network.parameterCount() > Integer.MAX_VALUE - 8) {
      unsupported.add(
          "Parameters must be at most 2147483639, but were " + network.parameterCount());
    }
    Shape shape = network.input();
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      if (layer instanceof Layer.Flatten && shape instanceof Shape.Sequence && i > 0) {
        unsupported.add(
            "Deeplearning4j flattens no sequence behind other layers; the nearest is last-step or"
                + " global-pooling");
      }
      shape = layer.output(shape);
    }
    if (hasGatedUnits(network.layers())) {
      unsupported.add("Deeplearning4j has no recurrent layer gru; the nearest is lstm");
    }
    return List.copyOf(unsupported);
  }

  private static boolean hasGatedUnits(List<Layer> layers) {
    return layers.stream().anyMatch(Dl4jEngine::hasGatedUnits);
  }

  private static boolean hasGatedUnits(Layer layer) {
    return layer instanceof Layer.Residual residual
        ? hasGatedUnits(residual.layers())
        : layer instanceof Layer.Recurrent recurrent
            && recurrent.cell() == Layer.Recurrent.Cell.GRU;
  }

  @Override
  public List<RunResult> train(TrainingJob job, RunListener listener) {
    for (TrainingRun run : job.runs()) {
      List<String> unsupported = unsupported(run.network(), run.spec());
      if (!unsupported.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", unsupported));
      }
    }
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
    }
  }

  private static void close(RunResult result) {
    if (result instanceof RunResult.Trained trained) {
      trained.model().close();
    }
  }
}
