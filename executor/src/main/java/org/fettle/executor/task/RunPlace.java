package org.fettle.executor.task;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Where a run was worked on.
 *
 * @param host as Spark names it
 * @param executor Spark's number of the executor, or {@code driver} in a local session
 * @param devices addresses of the GPUs that Spark assigned to the run, which others may have had
 *     too; none where it had none
 */
public record RunPlace(String host, String executor, List<String> devices) {

  /** Of a run outside Spark. */
  public static final RunPlace UNKNOWN = new RunPlace("", "", List.of());

  public RunPlace {
    requireNonNull(host, "host is null");
    requireNonNull(executor, "executor is null");
    devices = List.copyOf(devices);
  }

  /** Such as {@code node7 executor 3 gpu 0,1}; nothing where the place is unknown. */
  @Override
  public String toString() {
    if (host.isEmpty()) {
      return "";
    }
    String gpus = devices.isEmpty() ? "" : " gpu " + String.join(",", devices);
    return host + " executor " + executor + gpus;
  }
}
