package org.fettle.driver.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.hadoop.security.AccessControlException;

/**
 * Tries again, ever less often, what a file system may be able to do later: it may be full, its
 * name node may be away or in safe mode. What a person has to allow is not tried again.
 */
final class Patience {

  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private final Duration most;
  private final Consumer<String> say;
  private final Lock lock = new ReentrantLock();
  private final Condition end = lock.newCondition();
  private boolean ended;

  /** Something with a file system. */
  @FunctionalInterface
  interface Action {
    void run() throws IOException;
  }

  Patience(Duration most, Consumer<String> say) {
    this.most = most;
    this.say = say;
  }

  /** Ends all waiting, now and later. Any thread. */
  void end() {
    lock.lock();
    try {
      ended = true;
      end.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Does something, if need be again and again.
   *
   * @param goal "write hdfs:///…"
   * @throws StoreException if it cannot be done in time, or never
   */
  void attempt(String goal, Action action) {
    long begin = System.nanoTime();
    Duration pause = FIRST;
    for (int tries = 1; ; tries++) {
      try {
        action.run();
        if (tries > 1) {
          say.accept("The file system is back; the study goes on");
        }
        return;
      } catch (Lease.FencedException e) {
        throw new StoreException(String.valueOf(e.getMessage()), e);
      } catch (IOException e) {
        String reason = reason(e);
        boolean over = System.nanoTime() - begin > most.minus(pause).toNanos();
        if (isFinal(e) || over || !sleep(pause)) {
          throw new StoreException(
              "Cannot %s: %s; %s, then: fettle resume STUDY_URI".formatted(goal, reason, cure(e)),
              e);
        }
        if (tries == 1) {
          say.accept(
              "Cannot %s: %s; the study waits up to %d s and tries again, trials in flight go on"
                  .formatted(goal, reason, most.toSeconds()));
        }
        pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
      }
    }
  }

  /** Returns false if there is no sense in waiting. */
  private boolean sleep(Duration pause) {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (left > 0 && !ended) {
        left = end.awaitNanos(left);
      }
      return !ended;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private static boolean isFinal(IOException failure) {
    return failure instanceof AccessControlException
        || failure instanceof AccessDeniedException
        || text(failure).contains("permission denied");
  }

  /** The first line, as Hadoop puts the server's trace behind it. */
  private static String reason(IOException failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    return message.lines().findFirst().orElse(failure.getClass().getSimpleName());
  }

  private static String text(IOException failure) {
    return (failure.getClass().getName() + " " + failure.getMessage()).toLowerCase(Locale.ROOT);
  }

  private static String cure(IOException failure) {
    String text = text(failure);
    if (text.contains("safemode") || text.contains("safe mode")) {
      return "wait until the name node leaves safe mode";
    }
    if (text.contains("quota")) {
      return "raise the quota or delete what is not needed";
    }
    if (text.contains("no space") || text.contains("could only be written to 0")) {
      return "make room";
    }
    if (isFinal(failure)) {
      return "let this user write there";
    }
    return "bring the file system back";
  }
}
