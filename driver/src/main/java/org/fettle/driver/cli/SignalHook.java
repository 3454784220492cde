package org.fettle.driver.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.fettle.driver.study.StudyRunner;

/**
 * Stops a study when the process gets a signal, and holds the process until the hook is closed, so
 * that the journal gets its end and a person hears of it.
 */
final class SignalHook implements AutoCloseable {

  /** Before Spark's hook (50) and Hadoop's file systems' (10), both of which the journal needs. */
  private static final int PRIORITY = 100;

  private static final int PATIENCE_SECONDS = 20;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Runnable hook;

  SignalHook(StudyRunner runner) {
    hook = () -> stop(runner);
    ShutdownHookManager.get().addShutdownHook(hook, PRIORITY);
  }

  private void stop(StudyRunner runner) {
    runner.stop();
    try {
      closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      ShutdownHookManager.get().removeShutdownHook(hook);
    } catch (IllegalStateException shutdownHasBegun) {
      // The hook is running, and ends now.
    }
  }
}
