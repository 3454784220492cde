package org.fettle.driver.dashboard;

import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.fettle.driver.store.EventJson;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.study.StudyFollower;
import org.fettle.driver.study.StudyLog;
import scala.Option;

/**
 * A study in the pages of the application that runs it, and in its event log if it keeps one. Where
 * Spark's pages are switched off there is none.
 */
public final class Dashboard implements StudyFollower {

  /** A line of the event log has so many events at most: a study that goes on has many at once. */
  private static final int MOST = 1_000;

  private final SparkContext spark;
  private final boolean logged;
  private final EventJson json = new EventJson();

  /**
   * Shows a study from now on.
   *
   * @param log hears of events before this does
   * @param soFar the journal's events from its first
   */
  public Dashboard(SparkContext spark, StudyLog log, List<JournalEvent> soFar) {
    this.spark = spark;
    this.logged = spark.getConf().getBoolean("spark.eventLog.enabled", false);
    var ui = spark.ui();
    if (ui.isDefined()) {
      StudyTab.attach(ui.get(), log::view);
    }
    happened(soFar);
  }

  @Override
  public void happened(List<JournalEvent> events) {
    for (int at = 0; logged && at < events.size(); at += MOST) {
      List<JournalEvent> some = events.subList(at, Math.min(events.size(), at + MOST));
      spark.listenerBus().post(new StudyHappened(some.stream().map(json::write).toList()));
    }
  }

  /** The address of the study's page; empty where Spark has no pages. */
  public static Optional<String> address(SparkContext spark) {
    Option<String> web = spark.uiWebUrl();
    return web.isDefined() ? Optional.of(web.get() + "/fettle/") : Optional.empty();
  }
}
