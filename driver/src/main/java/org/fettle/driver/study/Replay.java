package org.fettle.driver.study;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyStatus;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.History;
import org.fettle.search.study.StudySpec;

/**
 * A study as its journal tells it.
 *
 * @param timings by the trial's number
 * @param confusions of the trials with classes, by the trial's number
 * @param retried how often runs were begun again, by what they had failed of
 * @param status {@link StudyStatus#OPEN} unless the journal has its end
 * @param reason what a stop rule said, if one ended the study
 */
public record Replay(
    History history,
    List<Timing> timings,
    Map<Integer, Confusion> confusions,
    Map<FailureCode, Integer> retried,
    StudyStatus status,
    Optional<String> reason) {

  public Replay {
    timings = List.copyOf(timings);
    confusions = Map.copyOf(confusions);
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
    for (int i = 0; i < events.size(); i++) {
      try {
        replaying.add(events.get(i));
      } catch (IllegalArgumentException e) {
        throw new StoreException(
            "Cannot replay event %d of %d: %s".formatted(i + 1, events.size(), e.getMessage()), e);
      }
    }
    return replaying.replay();
  }
}
