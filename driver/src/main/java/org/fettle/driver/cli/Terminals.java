package org.fettle.driver.cli;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.fettle.driver.report.Occupancy;
import org.fettle.driver.report.Progress;

/** Whether a person watches, and how wide the window is. */
final class Terminals {

  private static final int COLUMNS = 80;

  private Terminals() {}

  /**
   * Progress on standard error, so that standard output holds results alone.
   *
   * @param cluster how it is used now, where that is known
   */
  static Progress progress(InstantSource clock, Supplier<Optional<Occupancy>> cluster) {
    PrintStream out = System.err;
    // Java can tell a terminal only where input and output are both one; the launcher can tell.
    boolean terminal = "1".equals(System.getenv("FETTLE_TERMINAL"));
    return terminal && !"dumb".equals(System.getenv("TERM"))
        ? Progress.onTerminal(out, columns(), clock, cluster)
        : Progress.asLines(out, clock);
  }

  private static int columns() {
    String columns = System.getenv("FETTLE_COLUMNS");
    return columns != null && columns.matches("[1-9]\\d{1,3}")
        ? Integer.parseInt(columns)
        : COLUMNS;
  }
}
