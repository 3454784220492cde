package org.fettle.driver.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Where a study's events are kept. One writer; any number of readers. */
public interface StudyStore extends AutoCloseable {

  /**
   * Appends events, all or none, and returns when they are safe.
   *
   * @throws StoreException if they cannot be written
   */
  void append(List<JournalEvent> events);

  /**
   * Tells all events in order.
   *
   * @throws StoreException if they cannot be read
   */
  void read(Consumer<JournalEvent> sink);

  /** All events in order. */
  default List<JournalEvent> read() {
    List<JournalEvent> events = new ArrayList<>();
    read(events::add);
    return events;
  }

  @Override
  void close();
}
