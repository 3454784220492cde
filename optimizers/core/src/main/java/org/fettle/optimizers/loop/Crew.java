package org.fettle.optimizers.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The threads of a run's replicas: the caller's for the first, and one for each other. */
final class Crew implements AutoCloseable {

  private final List<ExecutorService> others = new ArrayList<>();

  /** For so many replicas. */
  Crew(int replicas) {
    for (int replica = 1; replica < replicas; replica++) {
      String name = "fettle-replica-" + replica;
      others.add(
          Executors.newSingleThreadExecutor(
              task -> {
                Thread thread = new Thread(task, name);
                thread.setDaemon(true);
                return thread;
              }));
    }
  }

  int size() {
    return others.size() + 1;
  }

  /**
   * Does the work of every replica, each on its thread, and waits for all. An interrupt waits as
   * well, and is there when it returns.
   */
  void each(IntConsumer work) {
    List<Future<?>> futures = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      int replica = i + 1;
      futures.add(others.get(i).submit(() -> work.accept(replica)));
    }
    Throwable failure = null;
    try {
      work.accept(0);
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    for (Future<?> future : futures) {
      Throwable other = waitFor(future);
      failure = failure == null ? other : failure;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private static @Nullable Throwable waitFor(Future<?> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          future.get();
          return null;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          return e.getCause();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    others.forEach(ExecutorService::shutdown);
  }
}
