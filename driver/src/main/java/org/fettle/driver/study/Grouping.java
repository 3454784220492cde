package org.fettle.driver.study;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The runs that are to be begun, in order, and which of them are begun together. What the engine
 * trains as one network waits here while all slots are taken, and so finds company that costs no
 * time; all else is begun at once, and waits for its slot at the back end. For the loop's thread.
 */
final class Grouping {

  /** A run that is to be begun. */
  record Ready(InFlight trial, int fold) {}

  /** So many slots have one task waiting for them at the back end, so that none stands idle. */
  private static final int SLOTS_OF_A_WAITING_TASK = 16;

  private final int most;
  private final List<Ready> ready = new ArrayList<>();
  private int tasks;

  /**
   * Nothing to be begun yet.
   *
   * @param most how many runs are begun together at most
   */
  Grouping(int most) {
    this.most = most;
  }

  /** Folds of a trial are to be begun. */
  void add(InFlight trial, Collection<Integer> folds) {
    folds.forEach(fold -> ready.add(new Ready(trial, fold)));
  }

  /** What of a trial has not been begun is not to be. */
  void remove(InFlight trial) {
    ready.removeIf(each -> each.trial() == trial);
  }

  /** A task that was begun has ended. */
  void taskEnded() {
    tasks--;
  }

  /**
   * Takes what is to be begun now, each list as one task. Free slots share what waits evenly: a
   * network of all runs on one slot, and nothing on the others, would be no gain.
   */
  List<List<Ready>> next(int slots) {
    List<List<Ready>> next = new ArrayList<>();
    for (Iterator<Ready> each = ready.iterator(); each.hasNext(); ) {
      Ready run = each.next();
      if (name(run).isEmpty()) {
        next.add(List.of(run));
        each.remove();
      }
    }
    int waiting = 1 + slots / SLOTS_OF_A_WAITING_TASK;
    while (!ready.isEmpty() && tasks + next.size() < slots + waiting) {
      int free = slots - tasks - next.size();
      int size = free > 0 ? (ready.size() + free - 1) / free : most;
      next.add(together(Math.min(size, most)));
    }
    tasks += next.size();
    return next;
  }

  /** Empty for what is begun by itself. */
  private Optional<String> name(Ready run) {
    return most == 1 ? Optional.empty() : run.trial().fusion(run.fold());
  }

  private List<Ready> together(int size) {
    Optional<String> name = name(ready.get(0));
    List<Ready> group =
        new ArrayList<>(ready.stream().filter(run -> name(run).equals(name)).limit(size).toList());
    ready.removeAll(group);
    InFlight last = group.get(group.size() - 1).trial();
    if (size == most && last != group.get(0).trial() && hasMore(last, name)) {
      // A network that is full anyway leaves a trial's folds to the next one, all together.
      List<Ready> back = group.stream().filter(run -> run.trial() == last).toList();
      group.removeAll(back);
      ready.addAll(0, back);
    }
    return group;
  }

  private boolean hasMore(InFlight trial, Optional<String> name) {
    return ready.stream().anyMatch(run -> run.trial() == trial && name(run).equals(name));
  }
}
