package org.fettle.executor.task;

import static java.util.Objects.requireNonNull;

/**
 * One run of a trial, as an executor gets it. Running it again gives the same result.
 *
 * @param study identifies the study's data in the executor's cache
 * @param seed of all randomness of the run
 */
public record TrialTask(String study, int trial, long seed, Work work) {
  public TrialTask {
    requireNonNull(study, "study is null");
    requireNonNull(work, "work is null");
  }
}
