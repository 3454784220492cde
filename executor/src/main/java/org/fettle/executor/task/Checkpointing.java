package org.fettle.executor.task;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Where and how often a run leaves checkpoints.
 *
 * @param folder URI of the run's own folder, on a file system that all executors reach
 * @param everyEpochs how many epochs after the last one; 0 where the epochs do not matter
 * @param everySeconds how long after the last one, at the end of an epoch; 0 where time does not
 *     matter
 * @param keep how many of a run are kept, the latest
 * @param parent URI of the folder of the run to go on from; empty where a run begins anew
 */
public record Checkpointing(
    String folder, int everyEpochs, double everySeconds, int keep, Optional<String> parent) {

  public Checkpointing {
    requireNonNull(folder, "folder is null");
    requireNonNull(parent, "parent is null");
    if (everyEpochs < 0 || !(everySeconds >= 0)) {
      throw new IllegalArgumentException(
          "Checkpoints must be at least 0 epochs and 0 seconds apart, but were %d and %s"
              .formatted(everyEpochs, everySeconds));
    }
    if (keep < 1) {
      throw new IllegalArgumentException("Keep must be at least 1, but was " + keep);
    }
  }
}
