package org.fettle.executor.report;

import org.fettle.executor.task.RunReport;

/** Takes what runs report. Returns at once, throws nothing, and is safe for several threads. */
@FunctionalInterface
public interface Reporter {

  /** Keeps silent: reports reach the driver with the end of the run. */
  Reporter SILENT = report -> {};

  /** Sends a report on its way. It may be lost. */
  void report(RunReport report);
}
