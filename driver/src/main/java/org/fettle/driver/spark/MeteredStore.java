package org.fettle.driver.spark;

import java.util.List;
import java.util.function.Consumer;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StudyStore;

/** A study's store that tells how long it takes. */
public record MeteredStore(StudyStore store, StudyMetrics metrics) implements StudyStore {

  @Override
  public void append(List<JournalEvent> events) {
    metrics.append(() -> store.append(events));
  }

  @Override
  public void read(Consumer<JournalEvent> sink) {
    store.read(sink);
  }

  @Override
  public void close() {
    store.close();
  }
}
