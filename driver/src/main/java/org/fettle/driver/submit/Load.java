package org.fettle.driver.submit;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A job as far as its size goes.
 *
 * @param runsPerTrial folds, or one
 * @param parallel trials in flight as the job says; empty for as many as there is room for
 * @param trials of the study, if they are limited
 * @param tableBytes of the rows that an executor holds, if there are any
 * @param libraryMebibytes outside the heap that the libraries of its engine take, beside ND4J
 */
public record Load(
    int runsPerTrial,
    OptionalInt parallel,
    OptionalInt trials,
    OptionalLong tableBytes,
    int libraryMebibytes) {

  /** Of a job that is not known yet. */
  static final Load NONE =
      new Load(1, OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty(), 0);
}
