package org.fettle.driver.study;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyStore;

/** A journal in memory that can be told to break. */
public final class MemoryStore implements StudyStore {

  private final List<JournalEvent> events;
  private int room = Integer.MAX_VALUE;
  private int appends;

  public MemoryStore() {
    this(List.of());
  }

  /** A journal that has events already. */
  public MemoryStore(List<JournalEvent> events) {
    this.events = new ArrayList<>(events);
  }

  /** Breaks at an append that would make the journal longer. */
  public MemoryStore breakingAfter(int events) {
    room = events;
    return this;
  }

  @Override
  public void append(List<JournalEvent> more) {
    if (events.size() + more.size() > room) {
      throw new StoreException("Cannot write segment: the disk is full");
    }
    events.addAll(more);
    appends++;
  }

  /** How many segments a journal of files would have. */
  public int appends() {
    return appends;
  }

  @Override
  public void read(Consumer<JournalEvent> sink) {
    List.copyOf(events).forEach(sink);
  }

  @Override
  public void close() {}
}
