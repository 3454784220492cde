package org.fettle.driver.cli;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.fettle.driver.report.Occupancy;
import org.fettle.driver.report.Progress;
import org.fettle.search.study.History;

/** Whether a person watches, and how wide the window is. */
final class Terminals {

  private static final int COLUMNS = 80;

  private Terminals() {}

  /** Progress on standard error, so that standard output holds results alone. */
  static Progress progress(InstantSource clock, Supplier<Occupancy> cluster, History begin) {
    PrintStream out = System.err;
    // Java can tell a terminal only where input and output are both one; the launcher can tell.
    boolean terminal = "1".equals(System.getenv("FETTLE_TERMINAL"));
    return terminal && !"dumb".equals(System.getenv("TERM"))
        ? Progress.onTerminal(out, columns(), clock, cluster, begin)
        : Progress.asLines(out, clock, begin);
  }

  private static int columns() {
    String columns = System.getenv("FETTLE_COLUMNS");
    return columns != null && columns.matches("[1-9]\\d{1,3}")
        ? Integer.parseInt(columns)
        : COLUMNS;
  }
}
