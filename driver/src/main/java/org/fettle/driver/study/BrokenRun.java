package org.fettle.driver.study;

import static java.util.Objects.requireNonNull;

import org.fettle.search.study.FailureCode;

/** A run that broke and was begun again, as the journal has it. */
public record BrokenRun(int trial, int fold, FailureCode code) {
  public BrokenRun {
    requireNonNull(code, "code is null");
  }
}
