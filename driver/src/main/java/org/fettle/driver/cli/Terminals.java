package org.fettle.driver.cli;

import java.time.InstantSource;
import org.fettle.driver.report.Progress;

/** Whether a person watches. */
final class Terminals {

  private Terminals() {}

  /** Progress on standard error, so that standard output holds results alone. */
  static Progress progress(InstantSource clock) {
    // Java can tell a terminal only where input and output are both one; the launcher can tell.
    return "1".equals(System.getenv("FETTLE_TERMINAL"))
        ? Progress.onTerminal(System.err, clock)
        : Progress.asLines(System.err, clock);
  }
}
