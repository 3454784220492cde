package org.fettle.optimizers.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CrewTest {

  @Test
  void eachReplicaHasItsOwnThreadAndTheFirstTheCallers() {
    Map<Integer, Thread> threads = new ConcurrentHashMap<>();
    try (Crew crew = new Crew(3)) {
      crew.each(replica -> threads.put(replica, Thread.currentThread()));
      crew.each(replica -> assertThat(Thread.currentThread()).isSameAs(threads.get(replica)));
    }
    assertThat(threads).hasSize(3).containsEntry(0, Thread.currentThread());
    assertThat(threads.values()).doesNotHaveDuplicates();
  }

  @Test
  void replicasWorkAtOnce() {
    CountDownLatch both = new CountDownLatch(2);
    try (Crew crew = new Crew(2)) {
      crew.each(
          replica -> {
            both.countDown();
            awaitUninterrupted(both);
          });
    }
    assertThat(both.getCount()).isZero();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void throwsWhatAReplicaThrowsAfterAllHaveEnded() {
    AtomicInteger ended = new AtomicInteger();
    OutOfMemoryError error = new OutOfMemoryError("of a replica");
    try (Crew crew = new Crew(3)) {
      assertThatThrownBy(
              () ->
                  crew.each(
                      replica -> {
                        ended.incrementAndGet();
                        if (replica == 2) {
                          throw error;
                        }
                      }))
          .isSameAs(error);
      assertThat(ended).hasValue(3);
      crew.each(replica -> ended.incrementAndGet());
      assertThat(ended).hasValue(6);
    }
  }

  @Test
  void keepsAnInterruptUntilAllHaveEnded() {
    AtomicInteger ended = new AtomicInteger();
    try (Crew crew = new Crew(2)) {
      Thread.currentThread().interrupt();
      crew.each(replica -> ended.incrementAndGet());
      assertThat(Thread.interrupted()).isTrue();
      assertThat(ended).hasValue(2);
    }
  }
}
