package org.fettle.search;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** The seed of random tests: {@code -Dtests.seed}. As an extension it puts the seed in failures. */
public final class TestSeed implements TestExecutionExceptionHandler {

  /** The seed of this run. */
  public static long value() {
    return Long.getLong("tests.seed", 20261122L);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    failure.addSuppressed(new Note("Run with -Dtests.seed=" + value()));
    throw failure;
  }

  private static final class Note extends Exception {
    Note(String message) {
      super(message, null, false, false);
    }
  }
}
