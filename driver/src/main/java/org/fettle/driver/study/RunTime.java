package org.fettle.driver.study;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/** When a run that was scored was worked on. The start is the end less the seconds of work. */
public record RunTime(int trial, int fold, Instant started, Instant ended) {
  public RunTime {
    requireNonNull(started, "started is null");
    requireNonNull(ended, "ended is null");
  }

  /** Seconds of work. */
  public double seconds() {
    return Duration.between(started, ended).toNanos() / 1e9;
  }
}
