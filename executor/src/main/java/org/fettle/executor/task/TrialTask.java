package org.fettle.executor.task;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One run of a trial, as an executor gets it. Running it again gives the same result.
 *
 * @param study identifies the study's data in the executor's cache
 * @param seed of all randomness of the run
 * @param checkpointing empty where the run leaves no checkpoints and goes on from none
 */
public record TrialTask(
    String study, int trial, long seed, Work work, Optional<Checkpointing> checkpointing) {
  public TrialTask {
    requireNonNull(study, "study is null");
    requireNonNull(work, "work is null");
    requireNonNull(checkpointing, "checkpointing is null");
  }

  /** A run without checkpoints. */
  public TrialTask(String study, int trial, long seed, Work work) {
    this(study, trial, seed, work, Optional.empty());
  }
}
