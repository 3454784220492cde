package org.fettle.executor.report;

import org.fettle.search.study.Report;

/**
 * Takes what the runs of one task report. Returns at once, throws nothing, and is safe for several
 * threads.
 */
@FunctionalInterface
public interface Reporter extends AutoCloseable {

  /** Keeps silent: reports reach the driver with the end of the run. */
  Reporter SILENT = (trial, report) -> {};

  /** Sends a report of a trial's run on its way. It may be lost. */
  void report(int trial, Report report);

  /**
   * Whether the driver wants no more of a trial's runs in this task, as it answered to one of their
   * reports. Of a task without others the driver rather ends the whole task.
   */
  default boolean isCancelled(int trial) {
    return false;
  }

  /** The task is over. */
  @Override
  default void close() {}
}
