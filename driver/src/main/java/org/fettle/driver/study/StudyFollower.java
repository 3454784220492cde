package org.fettle.driver.study;

import java.util.List;
import org.fettle.driver.store.JournalEvent;

/**
 * Hears of every event of a study once it is safe in the journal, in order. Called on the loop's
 * thread, so it returns at once; what it throws goes no further, and it hears no more.
 */
@FunctionalInterface
public interface StudyFollower {

  /** What happened together. */
  void happened(List<JournalEvent> events);
}
