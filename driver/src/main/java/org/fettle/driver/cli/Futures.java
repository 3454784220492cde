package org.fettle.driver.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

final class Futures {

  private Futures() {}

  /** Waits for a future that nobody completes exceptionally. */
  static <T> T await(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Does work on a thread of its own: those of a pool would take what Spark keeps for a thread, as
   * its active session, from one study to the next.
   */
  static CompletableFuture<Void> aside(String name, Runnable work) {
    return CompletableFuture.runAsync(
        work,
        running -> {
          Thread thread = new Thread(running, name);
          thread.setDaemon(true);
          thread.start();
        });
  }

  /** Waits for work on another thread, and throws what that has thrown. */
  static void join(CompletableFuture<Void> work) {
    try {
      work.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
