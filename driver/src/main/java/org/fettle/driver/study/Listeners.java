package org.fettle.driver.study;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.fettle.driver.store.StudyStatus;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;

/**
 * Several listeners as one: the driver's own, on the loop's thread, and the user's, each on a
 * thread of its own, where they can neither slow the study down nor harm it.
 */
public final class Listeners implements StudyListener, AutoCloseable {

  /** For what the user's listeners have not heard yet. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<StudyListener> own;
  private final List<Guarded> guarded = new ArrayList<>();
  private final Consumer<String> warnings;

  /**
   * Listeners.
   *
   * @param own must not throw
   * @param users may do anything
   * @param warnings is told of those that threw
   */
  public Listeners(
      List<? extends StudyListener> own,
      List<? extends StudyListener> users,
      Consumer<String> warnings) {
    this.own = List.copyOf(own);
    this.warnings = warnings;
    users.forEach(listener -> guarded.add(new Guarded(listener)));
  }

  @Override
  public void studyStarted(History history, StudyControl control) {
    tell(listener -> listener.studyStarted(history, control));
  }

  @Override
  public void trialStarted(History history, Trial trial) {
    tell(listener -> listener.trialStarted(history, trial));
  }

  @Override
  public void runFailed(History history, int trial, int fold, TaskResult.Failed failure) {
    tell(listener -> listener.runFailed(history, trial, fold, failure));
  }

  @Override
  public void trialEnded(History history, Trial trial) {
    tell(listener -> listener.trialEnded(history, trial));
  }

  @Override
  public void studyEnded(History history, StudyStatus status) {
    tell(listener -> listener.studyEnded(history, status));
  }

  private void tell(Consumer<StudyListener> news) {
    own.forEach(news);
    guarded.forEach(each -> each.tell(news));
  }

  @Override
  public void close() {
    guarded.forEach(Guarded::close);
  }

  /** A listener of the user's. */
  private final class Guarded {
    private final StudyListener listener;
    private final ExecutorService thread;
    private volatile boolean dropped;

    Guarded(StudyListener listener) {
      this.listener = listener;
      this.thread =
          Executors.newSingleThreadExecutor(
              work -> {
                Thread own = new Thread(work, "fettle listener " + listener.getClass().getName());
                own.setDaemon(true);
                return own;
              });
    }

    void tell(Consumer<StudyListener> news) {
      thread.execute(() -> hear(news));
    }

    // Whatever a user's code throws ends that listener and nothing else.
    @SuppressWarnings("CatchAndPrintStackTrace")
    private void hear(Consumer<StudyListener> news) {
      if (dropped) {
        return;
      }
      try {
        news.accept(listener);
      } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
        dropped = true;
        warnings.accept(
            "Listener %s threw and hears no more: %s".formatted(listener.getClass().getName(), e));
      }
    }

    void close() {
      thread.shutdown();
      try {
        if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          thread.shutdownNow();
          warnings.accept(
              "Listener %s is still at work and is left behind"
                  .formatted(listener.getClass().getName()));
        }
      } catch (InterruptedException e) {
        thread.shutdownNow();
        Thread.currentThread().interrupt();
      }
    }
  }
}
