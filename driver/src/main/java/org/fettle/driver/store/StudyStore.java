package org.fettle.driver.store;

import java.util.List;

/** Where a study's events are kept. One writer; any number of readers. */
public interface StudyStore extends AutoCloseable {

  /**
   * Appends events, all or none, and returns when they are safe.
   *
   * @throws StoreException if they cannot be written
   */
  void append(List<JournalEvent> events);

  /**
   * All events in order.
   *
   * @throws StoreException if they cannot be read
   */
  List<JournalEvent> read();

  @Override
  void close();
}
