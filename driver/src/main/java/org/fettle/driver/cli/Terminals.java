package org.fettle.driver.cli;

import java.time.InstantSource;
import org.fettle.driver.report.Progress;

/** Whether a person watches. */
final class Terminals {

  private Terminals() {}

  /** Progress on standard error, so that standard output holds results alone. */
  static Progress progress(InstantSource clock) {
    // Java knows of a console only when both ends are one, which is when nothing is redirected.
    return System.console() != null && !"dumb".equals(System.getenv("TERM"))
        ? Progress.onTerminal(System.err, clock)
        : Progress.asLines(System.err, clock);
  }
}
