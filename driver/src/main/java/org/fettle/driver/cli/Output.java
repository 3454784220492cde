package org.fettle.driver.cli;

/** What a run prints. */
enum Output {
  /** Progress for people, and the results. */
  SHOWN,
  /** The results alone. */
  QUIET,
  /** A JSON object a line: the journal's events, and last the result. */
  JSON
}
