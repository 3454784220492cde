package org.fettle.executor.task;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Where a run was worked on, and in what company.
 *
 * @param host as Spark names it
 * @param executor Spark's number of the executor, or {@code driver} in a local session
 * @param devices addresses of the GPUs that Spark assigned to the run, which others may have had
 *     too; none where it had none
 * @param together how many runs were trained there as one network, with this one
 */
public record RunPlace(String host, String executor, List<String> devices, int together) {

  /** Of a run outside Spark. */
  public static final RunPlace UNKNOWN = new RunPlace("", "", List.of());

  public RunPlace {
    requireNonNull(host, "host is null");
    requireNonNull(executor, "executor is null");
    devices = List.copyOf(devices);
    if (together < 1) {
      throw new IllegalArgumentException("Together must be at least 1, but was " + together);
    }
  }

  /** Of a run that was trained by itself. */
  public RunPlace(String host, String executor, List<String> devices) {
    this(host, executor, devices, 1);
  }

  /** The same of so many runs that were trained as one network. */
  public RunPlace with(int runs) {
    return runs == together ? this : new RunPlace(host, executor, devices, runs);
  }

  /**
   * Such as {@code node7 executor 3 gpu 0,1} or {@code node7 executor 3, one network of 5}; nothing
   * where the place is unknown.
   */
  @Override
  public String toString() {
    if (host.isEmpty()) {
      return "";
    }
    String gpus = devices.isEmpty() ? "" : " gpu " + String.join(",", devices);
    String others = together == 1 ? "" : ", one network of " + together;
    return host + " executor " + executor + gpus + others;
  }
}
