package org.fettle.optimizers.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    return trainFused(
        engine, job, listener, beginnings -> FusedLearner.alone(learners.begin(beginnings.get(0))));
  }

  /**
   * The same, but that those runs whose {@link Engine#fusion} has equal names are trained together,
   * epoch by epoch.
   */
  public static List<RunResult> trainFused(
      Engine engine, TrainingJob job, RunListener listener, FusedLearnerFactory learners) {
    for (TrainingRun run : job.runs()) {
      List<String> unsupported = engine.unsupported(run.network(), run.spec());
      if (!unsupported.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", unsupported));
      }
    }
    RunResult[] results = new RunResult[job.runs().size()];
    try {
      for (List<Integer> group : groups(engine, job.runs())) {
        List<TrainingRun> runs = group.stream().map(job.runs()::get).toList();
        LockStep.train(
            runs,
            learners,
            (run, report) -> listener.epochEnded(group.get(run), report),
            (run, result) -> results[group.get(run)] = result);
      }
      return List.of(results);
    } catch (Throwable failure) {
      Arrays.stream(results).filter(Objects::nonNull).forEach(TrainingLoop::close);
      throw failure;
    }
  }

  /** Indices of runs that are trained together, each in a group, in the order of their first. */
  private static List<List<Integer>> groups(Engine engine, List<TrainingRun> runs) {
    Map<Object, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      Optional<String> fusion = engine.fusion(runs.get(i).network(), runs.get(i).spec());
      Object name = fusion.isPresent() ? fusion.get() : (Object) i;
      groups.computeIfAbsent(name, none -> new ArrayList<>()).add(i);
    }
    return List.copyOf(groups.values());
  }

  private static void close(RunResult result) {
    if (result instanceof RunResult.Trained trained) {
      trained.model().close();
    }
  }
}
