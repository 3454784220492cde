package org.fettle.driver.cli;

/** What the process says when it ends. Scripts rely on these numbers. */
final class Exit {

  static final int DONE = 0;

  /** The study ended without a completed trial. */
  static final int NO_RESULT = 1;

  /** The job file or the arguments are wrong; nothing was created. */
  static final int INVALID = 2;

  /** The study's files cannot be read or written. */
  static final int STORE = 3;

  /** Spark failed. */
  static final int CLUSTER = 4;

  /** Someone stopped the study; its journal is whole. */
  static final int INTERRUPTED = 130;

  private Exit() {}
}
