package org.fettle.driver.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.util.SignalUtils;
import scala.runtime.AbstractFunction0;

/**
 * What a signal does to a command: it ends what the command is at, and the process stays until the
 * command has closed this. A second Ctrl-C ends the process at once.
 */
final class Signals implements AutoCloseable {

  /** Before Spark's hook (50) and Hadoop's file systems' (10), both of which a study needs. */
  private static final int PRIORITY = 100;

  /** Hadoop gives a hook 30 seconds. */
  private static final int PATIENCE_SECONDS = 20;

  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Runnable end = () -> {};
  private final Runnable hook = this::signalled;

  Signals() {
    ShutdownHookManager.get().addShutdownHook(hook, PRIORITY);
  }

  /** What ends the command from now on. It runs on another thread. */
  void endBy(Runnable action) {
    end = action;
  }

  private void signalled() {
    SignalUtils.register("INT", new Halt());
    end.run();
    try {
      closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }

  private static final class Halt extends AbstractFunction0<Object> {
    @Override
    public Object apply() {
      Runtime.getRuntime().halt(Exit.INTERRUPTED);
      return true;
    }
  }
}
