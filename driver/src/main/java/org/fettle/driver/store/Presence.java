package org.fettle.driver.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The driver that runs a study or did last.
 *
 * @param driver who it is, in words
 * @param heard when it gave its last sign of life, by the file system's clock
 * @param released whether it has let the study go
 * @param lease how long it may be silent
 */
public record Presence(String driver, Optional<Instant> heard, boolean released, Duration lease) {

  /** Whether it seems to run; for people, since it compares clocks. */
  public boolean seemsAlive(Instant now) {
    return !released && heard.filter(at -> at.plus(lease).isAfter(now)).isPresent();
  }
}
