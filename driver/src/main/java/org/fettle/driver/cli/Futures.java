package org.fettle.driver.cli;

import java.util.concurrent.CompletableFuture;
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
}
