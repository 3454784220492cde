package org.fettle.driver.job;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What came of a job file.
 *
 * @param job present if there are no problems
 * @param data present if the data section has no problems, so that the data itself can be checked
 *     and its problems added to the others; empty for a user's objective
 * @param problems to which checks of the data and the cluster may add theirs
 */
public record ParsedJob(Optional<JobSpec> job, Optional<DataSpec> data, Problems problems) {

  public ParsedJob {
    requireNonNull(job, "job is null");
    requireNonNull(data, "data is null");
    requireNonNull(problems, "problems is null");
  }
}
