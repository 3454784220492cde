package org.fettle.optimizers.loop;

import java.util.ArrayList;
import java.util.List;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainingJob;
import org.fettle.optimizers.engine.TrainingRun;

/**
 * What becomes of a job from its first epoch to its last, the same for every engine: epochs, the
 * order of rows, early stopping, plateaus, divergence, and the ends of runs.
 */
public final class TrainingLoop {

  private TrainingLoop() {}

  /** Trains the runs of a job one after the other, on the calling thread, as an engine promises. */
  public static List<RunResult> train(
      Engine engine, TrainingJob job, RunListener listener, LearnerFactory learners) {
    for (TrainingRun run : job.runs()) {
      List<String> unsupported = engine.unsupported(run.network(), run.spec());
      if (!unsupported.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", unsupported));
      }
    }
    List<RunResult> results = new ArrayList<>();
    try {
      for (TrainingRun run : job.runs()) {
        int index = results.size();
        results.add(RunLoop.train(run, learners, report -> listener.epochEnded(index, report)));
      }
      return List.copyOf(results);
    } catch (Throwable failure) {
      results.forEach(TrainingLoop::close);
      throw failure;
    }
  }

  private static void close(RunResult result) {
    if (result instanceof RunResult.Trained trained) {
      trained.model().close();
    }
  }
}
