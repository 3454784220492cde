package org.fettle.optimizers.loop;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainingRun;

/** Runs that one learner trains: each begins and ends its epochs when the others do. */
final class LockStep {

  /** Takes how a run ended. */
  interface Results {
    void ended(int run, RunResult result);
  }

  private final FusedLearner learner;
  private final List<RunLoop> loops;
  private final RunListener listener;
  private final Results results;
  private final Set<Integer> running = new HashSet<>();

  private LockStep(
      List<TrainingRun> runs, FusedLearner learner, RunListener listener, Results results) {
    this.learner = learner;
    this.listener = listener;
    this.results = results;
    this.loops = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      loops.add(RunLoop.of(runs.get(i), learner.trainees().get(i)));
      running.add(i);
    }
  }

  /**
   * Trains runs to their ends. The memory of those that have no model as a result is freed, and of
   * all where it throws before any result has been told.
   *
   * @param results told of each run as it ends; the models are then its own
   */
  static void train(
      List<TrainingRun> runs, FusedLearnerFactory learners, RunListener listener, Results results) {
    FusedLearner learner = learners.begin(runs.stream().map(LearnerFactory.Beginning::of).toList());
    Set<Integer> kept = new HashSet<>();
    try {
      Results keeping =
          (run, result) -> {
            if (result instanceof RunResult.Trained) {
              kept.add(run);
            }
            results.ended(run, result);
          };
      new LockStep(runs, learner, listener, keeping).train();
    } finally {
      learner.close();
      for (int i = 0; i < runs.size(); i++) {
        if (!kept.contains(i)) {
          learner.trainees().get(i).network().close();
        }
      }
    }
  }

  private void train() {
    each((loop, run) -> loop.end().ifPresent(result -> end(run, result)));
    while (!running.isEmpty()) {
      List<Optional<Epoch>> epochs = new ArrayList<>();
      for (int i = 0; i < loops.size(); i++) {
        epochs.add(running.contains(i) ? Optional.of(loops.get(i).begin()) : Optional.empty());
      }
      double[] losses = learner.epoch(epochs);
      each(
          (loop, run) ->
              loop.epochEnded(losses[run], report -> listener.epochEnded(run, report))
                  .or(loop::end)
                  .ifPresent(result -> end(run, result)));
    }
  }

  private void each(ObjIntConsumer<RunLoop> action) {
    for (int i = 0; i < loops.size(); i++) {
      if (running.contains(i)) {
        action.accept(loops.get(i), i);
      }
    }
  }

  private void end(int run, RunResult result) {
    running.remove(run);
    results.ended(run, result);
  }
}
