package org.fettle.driver.spark;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntSupplier;

/**
 * Lets runs of several tasks begin in the order in which they came, when there are slots for all of
 * their tasks: of those that run none waits for a slot that another holds. Where there are fewer
 * slots than one run wants, it is let in alone, and its tasks wait for each other. Safe for several
 * threads.
 */
final class Admission {

  private final IntSupplier slots;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int taken;

  private record Waiting(Object key, int wanted, Runnable begin) {}

  Admission(IntSupplier slots) {
    this.slots = slots;
  }

  /**
   * Begins something now or later.
   *
   * @param key to take it out again by, before it begins
   * @param begin returns at once
   */
  synchronized void enter(Object key, int wanted, Runnable begin) {
    waiting.addLast(new Waiting(key, wanted, begin));
    admit();
  }

  /** Takes out what has not begun; returns whether it was there. */
  synchronized boolean withdraw(Object key) {
    boolean was = waiting.removeIf(each -> each.key().equals(key));
    if (was) {
      admit(); // It may have stood before something smaller.
    }
    return was;
  }

  /** What had begun has ended. */
  synchronized void leave(int wanted) {
    taken -= wanted;
    admit();
  }

  /** There may be more slots. */
  synchronized void admit() {
    while (!waiting.isEmpty()) {
      Waiting next = waiting.getFirst();
      if (taken > 0 && taken + next.wanted() > slots.getAsInt()) {
        return;
      }
      waiting.removeFirst();
      taken += next.wanted();
      next.begin().run();
    }
  }
}
