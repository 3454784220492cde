package org.fettle.executor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.fettle.executor.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExecutorCacheTest {

  private static final StudyData DATA =
      new StudyData(
          Table.regression(
              List.of(new Column.Numeric("x", new double[] {1, 2, 3, 4, 5, 6})), new float[6]),
          Samples.shuffled(6, 3, 1));

  /** 6 rows of one feature and a target, and 2 raw targets, of 4 bytes. */
  private static final long BYTES = (6 * 2 + 2) * 4;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger preparations = new AtomicInteger();

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  private PreparedFold prepared() {
    preparations.incrementAndGet();
    return PreparedFold.of(DATA, 0);
  }

  @Test
  void aFoldIsPreparedOnce() {
    ExecutorCache cache = new ExecutorCache(10 * BYTES);
    PreparedFold first = cache.fold("s", 0, this::prepared);
    assertThat(cache.fold("s", 0, this::prepared)).isSameAs(first);
    assertThat(preparations).hasValue(1);
    assertThat(cache.bytes()).isEqualTo(BYTES);
  }

  @Test
  void concurrentTasksShareOnePreparation() throws Exception {
    ExecutorCache cache = new ExecutorCache(10 * BYTES);
    CountDownLatch together = new CountDownLatch(8);
    List<Future<PreparedFold>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(
          threads.submit(
              () -> {
                together.countDown();
                together.await();
                return cache.fold("s", 0, this::prepared);
              }));
    }
    PreparedFold first = all.get(0).get();
    for (Future<PreparedFold> each : all) {
      assertThat(each.get()).isSameAs(first);
    }
    assertThat(preparations).hasValue(1);
  }

  @Test
  void theLeastRecentlyUsedFoldGoesWhenTheBoundIsPassed() {
    ExecutorCache cache = new ExecutorCache(2 * BYTES);
    cache.fold("s", 0, this::prepared);
    cache.fold("s", 1, this::prepared);
    cache.fold("s", 0, this::prepared);
    cache.fold("s", 2, this::prepared);
    assertThat(cache.bytes()).isEqualTo(2 * BYTES);
    assertThat(preparations).hasValue(3);
    cache.fold("s", 0, this::prepared);
    assertThat(preparations).hasValue(3);
    cache.fold("s", 1, this::prepared);
    assertThat(preparations).hasValue(4);
  }

  @Test
  void aFoldLargerThanTheBoundIsKeptAlone() {
    ExecutorCache cache = new ExecutorCache(1);
    cache.fold("s", 0, this::prepared);
    cache.fold("s", 1, this::prepared);
    assertThat(cache.bytes()).isEqualTo(BYTES);
    cache.fold("s", 1, this::prepared);
    assertThat(preparations).hasValue(2);
  }

  @Test
  void anotherStudyClearsTheCache() {
    ExecutorCache cache = new ExecutorCache(10 * BYTES);
    cache.fold("a", 0, this::prepared);
    cache.fold("a", 1, this::prepared);
    cache.fold("b", 0, this::prepared);
    assertThat(cache.bytes()).isEqualTo(BYTES);
    cache.fold("a", 0, this::prepared);
    assertThat(preparations).hasValue(4);
  }

  @Test
  void tasksOfTwoStudiesAtOnceEachGetTheirOwnFold() throws Exception {
    ExecutorCache cache = new ExecutorCache(10 * BYTES);
    PreparedFold ofA = PreparedFold.of(DATA, 0);
    PreparedFold ofB = PreparedFold.of(DATA, 0);
    List<Future<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String study = i % 2 == 0 ? "a" : "b";
      PreparedFold expected = i % 2 == 0 ? ofA : ofB;
      all.add(
          threads.submit(
              () -> {
                boolean right = true;
                for (int round = 0; round < 500; round++) {
                  right &= cache.fold(study, round % 3, () -> expected) == expected;
                }
                return right;
              }));
    }
    for (Future<Boolean> each : all) {
      assertThat(each.get()).isTrue();
    }
  }

  @Test
  void aFailedPreparationIsThrownAndNotKept() {
    ExecutorCache cache = new ExecutorCache(10 * BYTES);
    assertThatThrownBy(() -> cache.fold("s", 0, failing(new IllegalStateException("boom"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("boom");
    assertThatThrownBy(() -> cache.fold("s", 0, failing(new OutOfMemoryError("heap"))))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessage("heap");
    assertThat(cache.bytes()).isZero();
    cache.fold("s", 0, this::prepared);
    assertThat(preparations).hasValue(1);
  }

  private static Supplier<PreparedFold> failing(Throwable failure) {
    return () -> {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure;
    };
  }

  @Test
  void whoWaitsForAPreparationThatFailsPreparesTheFoldItself() throws Exception {
    ExecutorCache cache = new ExecutorCache(10 * BYTES);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch fail = new CountDownLatch(1);
    Future<PreparedFold> cancelled =
        threads.submit(
            () ->
                cache.fold(
                    "s",
                    0,
                    () -> {
                      begun.countDown();
                      await(fail);
                      throw new CancellationException("meant for this trial alone");
                    }));
    begun.await();
    FutureTask<PreparedFold> waiting = new FutureTask<>(() -> cache.fold("s", 0, this::prepared));
    Thread waiter = new Thread(waiting);
    waiter.start();
    awaitWaiting(waiter);
    fail.countDown();
    assertThatThrownBy(cancelled::get)
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("meant for this trial alone");
    assertThat(waiting.get()).isNotNull();
    assertThat(preparations).hasValue(1);
  }

  @Test
  void anInterruptEndsTheWaitForAnotherTasksPreparation() throws Exception {
    ExecutorCache cache = new ExecutorCache(10 * BYTES);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    Future<PreparedFold> slow =
        threads.submit(
            () ->
                cache.fold(
                    "s",
                    0,
                    () -> {
                      begun.countDown();
                      await(finish);
                      return prepared();
                    }));
    begun.await();
    FutureTask<Boolean> waiting =
        new FutureTask<>(
            () -> {
              assertThatThrownBy(() -> cache.fold("s", 0, this::prepared))
                  .isInstanceOf(CancellationException.class)
                  .hasMessage("Cancelled while another task prepared the fold");
              return Thread.currentThread().isInterrupted();
            });
    Thread waiter = new Thread(waiting);
    waiter.start();
    awaitWaiting(waiter);
    waiter.interrupt();
    assertThat(waiting.get()).isTrue();
    finish.countDown();
    assertThat(slow.get()).isSameAs(cache.fold("s", 0, this::prepared));
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void foldsAreLetGoOfWithTheDataTheyCameFrom() {
    ExecutorCache cache = new ExecutorCache(10 * BYTES);
    StudyData[] held = {Samples.classes()};
    cache.follow(held[0], "ended");
    cache.fold("ended", 0, this::prepared);

    held[0] = Samples.values();

    Awaitility.await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(cache.bytes()).isZero();
            });
  }
}
