package org.fettle.driver.dashboard;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.status.AppHistoryServerPlugin;
import org.apache.spark.status.ElementTrackingStore;
import org.apache.spark.ui.SparkUI;
import org.apache.spark.util.kvstore.KVStore;
import org.fettle.driver.store.EventJson;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.study.StudyView;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Shows studies in Spark's history server, which finds this by its service entry when Fettle's jar
 * is on its class path.
 */
public final class StudyHistoryPlugin implements AppHistoryServerPlugin {

  @Override
  public Seq<SparkListener> createListeners(SparkConf conf, ElementTrackingStore store) {
    List<SparkListener> listeners = List.of(new Keeper(store));
    return JavaConverters.asScalaBuffer(listeners).toSeq();
  }

  @Override
  public void setupUI(SparkUI ui) {
    List<JournalEvent> events = events(ui.store().store());
    if (!events.isEmpty()) {
      StudyView view = StudyView.of(events, "the event log");
      StudyTab.attach(ui, () -> view);
    }
  }

  private static List<JournalEvent> events(KVStore store) {
    EventJson json = new EventJson();
    List<JournalEvent> events = new ArrayList<>();
    try {
      if (store.count(KeptLines.class) > 0) {
        for (KeptLines kept : store.view(KeptLines.class)) {
          for (String line : kept.lines()) {
            JournalEvent event = json.read(line);
            // Of several studies of one application the last is shown.
            if (event instanceof JournalEvent.StudyCreated) {
              events.clear();
            }
            events.add(event);
          }
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException("Cannot read the study of an event log: " + e, e);
    }
    return events;
  }

  /** Keeps what it hears where the pages find it. */
  private static final class Keeper extends SparkListener {
    private final ElementTrackingStore store;
    private int next;

    Keeper(ElementTrackingStore store) {
      this.store = store;
    }

    @Override
    public void onOtherEvent(SparkListenerEvent event) {
      if (event instanceof StudyHappened happened) {
        store.write(new KeptLines(next++, happened.lines()));
      }
    }
  }
}
