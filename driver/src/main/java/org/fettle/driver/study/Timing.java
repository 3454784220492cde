package org.fettle.driver.study;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * When a trial ran.
 *
 * @param ended empty while it runs
 * @param seconds of work on executors, over all its folds that ended
 */
public record Timing(Instant started, Optional<Instant> ended, double seconds) {
  public Timing {
    requireNonNull(started, "started is null");
  }

  Timing worked(double more) {
    return new Timing(started, ended, seconds + more);
  }

  Timing ended(Instant at) {
    return new Timing(started, Optional.of(at), seconds);
  }
}
