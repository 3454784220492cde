package org.fettle.driver.job;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What came of a job file.
 *
 * @param job present if there are no problems
 * @param source where the data is said to lie, whatever else is wrong
 * @param data present if the data section has no problems, so that the data itself can be checked
 *     and its problems added to the others; empty for a user's objective
 * @param dividing the column that divides the rows, if any is said to, whatever else is wrong
 * @param problems to which checks of the data and the cluster may add theirs
 */
public record ParsedJob(
    Optional<JobSpec> job,
    Optional<String> source,
    Optional<DataSpec> data,
    Optional<ValidationSpec.Column> dividing,
    Problems problems) {

  public ParsedJob {
    requireNonNull(job, "job is null");
    requireNonNull(source, "source is null");
    requireNonNull(data, "data is null");
    requireNonNull(dividing, "dividing is null");
    requireNonNull(problems, "problems is null");
  }

  /** What comes of a file that cannot be read as a job at all. */
  static ParsedJob nothing(Problems problems) {
    return new ParsedJob(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), problems);
  }
}
