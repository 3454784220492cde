package org.fettle.driver.spark;

import java.util.List;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StudyStore;

/** A study's store that tells how long it takes. */
public record MeteredStore(StudyStore store, StudyMetrics metrics) implements StudyStore {

  @Override
  public void append(List<JournalEvent> events) {
    metrics.append(() -> store.append(events));
  }

  @Override
  public List<JournalEvent> read() {
    return store.read();
  }

  @Override
  public void close() {
    store.close();
  }
}
