package org.fettle.executor.task;

import static java.util.Objects.requireNonNull;

import org.fettle.search.study.Report;

/**
 * What a run says of itself before its end.
 *
 * @param study as in its {@link TrialTask}
 * @param task what the driver knows the Spark task by in which the run is
 */
public record RunReport(String study, String task, int trial, Report report) {
  public RunReport {
    requireNonNull(study, "study is null");
    requireNonNull(task, "task is null");
    requireNonNull(report, "report is null");
  }
}
