package org.fettle.driver.study;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyStatus;
import org.fettle.executor.task.RunPlace;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.History;
import org.fettle.search.study.StudySpec;

/**
 * A study as its journal tells it.
 *
 * @param timings by the trial's number
 * @param confusions of the trials with classes, by the trial's number
 * @param places where the runs of the trials were worked on, by the trial's number and by fold
 * @param broken the runs that were begun again, in order, of the trials that have not ended
 * @param retried how often runs were begun again, by what they had failed of
 * @param status {@link StudyStatus#OPEN} unless the journal has its end
 * @param reason what a stop rule said, if one ended the study
 * @param worked how long the study has been at work, all its sessions together
 */
public record Replay(
    History history,
    List<Timing> timings,
    Map<Integer, Confusion> confusions,
    Map<Integer, SortedMap<Integer, RunPlace>> places,
    List<BrokenRun> broken,
    Map<FailureCode, Integer> retried,
    StudyStatus status,
    Optional<String> reason,
    Duration worked) {

  public Replay {
    timings = List.copyOf(timings);
    broken = List.copyOf(broken);
    confusions = Map.copyOf(confusions);
    places = Map.copyOf(places);
    Map<FailureCode, Integer> copy = new EnumMap<>(FailureCode.class);
    copy.putAll(retried);
    retried = Collections.unmodifiableMap(copy);
  }

  /**
   * Makes the history again from a journal's events.
   *
   * @throws StoreException if an event does not fit those before it
   */
  public static Replay of(StudySpec spec, List<JournalEvent> events) {
    Replaying replaying = new Replaying(spec);
    events.forEach(replaying::add);
    return replaying.replay();
  }
}
