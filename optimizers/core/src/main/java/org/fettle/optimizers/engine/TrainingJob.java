package org.fettle.optimizers.engine;

import java.util.List;

/**
 * Runs to train together, on one data set. What becomes of a run does not depend on the others.
 *
 * @param threads native threads the job may use
 * @param devices addresses of the GPUs that the job may use, and no others: in decimal, as CUDA
 *     counts them; none for the CPU. Replica i of a run is on the i-th, in turn. An engine that
 *     trains on the CPU alone passes them over.
 */
public record TrainingJob(List<TrainingRun> runs, int threads, List<String> devices) {

  public TrainingJob {
    runs = List.copyOf(runs);
    devices = List.copyOf(devices);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("Runs must be at least 1, but were 0");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("Threads must be at least 1, but were " + threads);
    }
  }

  /** A job on the CPU. */
  public TrainingJob(List<TrainingRun> runs, int threads) {
    this(runs, threads, List.of());
  }

  /** Native threads for each replica of a run, where each has a thread of its own: at least one. */
  public int threadsPerReplica() {
    int replicas = runs.stream().mapToInt(run -> run.spec().replicas().count()).max().orElseThrow();
    return Math.max(1, threads / replicas);
  }
}
