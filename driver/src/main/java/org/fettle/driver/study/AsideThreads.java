package org.fettle.driver.study;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** One thread for work and one for what is due at a time. */
final class AsideThreads implements Aside {

  private final ExecutorService work = Executors.newSingleThreadExecutor(named("fettle-suggest"));
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(named("fettle-timer"));

  private static ThreadFactory named(String name) {
    return action -> {
      Thread thread = new Thread(action, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void compute(Runnable action) {
    work.execute(action);
  }

  @Override
  public void after(Duration delay, Runnable action) {
    var unused = timer.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    work.shutdownNow();
    timer.shutdownNow();
  }
}
