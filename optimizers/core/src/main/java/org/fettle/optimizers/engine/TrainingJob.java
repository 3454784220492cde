package org.fettle.optimizers.engine;

import java.util.List;

/**
 * Runs to train together, on one data set. What becomes of a run does not depend on the others.
 *
 * @param threads native threads the job may use
 */
public record TrainingJob(List<TrainingRun> runs, int threads) {

  public TrainingJob {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("Runs must be at least 1, but were 0");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("Threads must be at least 1, but were " + threads);
    }
  }
}
