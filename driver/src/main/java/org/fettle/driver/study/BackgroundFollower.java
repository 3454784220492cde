package org.fettle.driver.study;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.fettle.driver.store.JournalEvent;

/**
 * Lets a follower hear of a study on a thread of its own, so that it cannot slow the study down.
 * Once it throws it hears no more, and that is said once.
 */
public final class BackgroundFollower implements StudyFollower, AutoCloseable {

  private final String name;
  private final StudyFollower follower;
  private final Consumer<String> warnings;
  private final Duration patience;
  private final ExecutorService thread;
  private volatile boolean dropped;

  /**
   * A thread for a follower.
   *
   * @param name what it is, for people
   * @param warnings is told why it was dropped
   * @param patience how long {@link #close} waits for what has not been heard yet
   */
  public BackgroundFollower(
      String name, StudyFollower follower, Consumer<String> warnings, Duration patience) {
    this.name = name;
    this.follower = follower;
    this.warnings = warnings;
    this.patience = patience;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread own = new Thread(work, "fettle " + name);
              own.setDaemon(true);
              return own;
            });
  }

  @Override
  public void happened(List<JournalEvent> events) {
    if (!dropped) {
      thread.execute(() -> deliver(events));
    }
  }

  private void deliver(List<JournalEvent> events) {
    if (dropped) {
      return;
    }
    try {
      follower.happened(events);
    } catch (RuntimeException | LinkageError e) {
      dropped = true;
      warnings.accept(name + " follows no longer: " + reason(e));
    }
  }

  private static String reason(Throwable problem) {
    String message = problem.getMessage() == null ? problem.toString() : problem.getMessage();
    return message.lines().findFirst().orElse(message);
  }

  /** Waits a while for what has not been heard yet. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        int left = thread.shutdownNow().size() + 1;
        warnings.accept(
            "%s did not keep up: it does not get the last %d pieces of news".formatted(name, left));
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
