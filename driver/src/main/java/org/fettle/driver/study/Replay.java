package org.fettle.driver.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyStatus;
import org.fettle.executor.task.RunPlace;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.History;
import org.fettle.search.study.Report;
import org.fettle.search.study.StudySpec;

/**
 * A study as its journal tells it.
 *
 * @param timings by the trial's number
 * @param confusions of the trials with classes, by the trial's number
 * @param places where the runs of the trials were worked on, by the trial's number and by fold
 * @param retried how often runs were begun again, by what they had failed of
 * @param status {@link StudyStatus#OPEN} unless the journal has its end
 * @param reason what a stop rule said, if one ended the study
 */
public record Replay(
    History history,
    List<Timing> timings,
    Map<Integer, Confusion> confusions,
    Map<Integer, SortedMap<Integer, RunPlace>> places,
    Map<FailureCode, Integer> retried,
    StudyStatus status,
    Optional<String> reason) {

  public Replay {
    timings = List.copyOf(timings);
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
    History history = History.empty(spec);
    List<Timing> timings = new ArrayList<>();
    Map<Integer, Confusion> confusions = new HashMap<>();
    Map<Integer, SortedMap<Integer, RunPlace>> places = new HashMap<>();
    Map<FailureCode, Integer> retried = new EnumMap<>(FailureCode.class);
    Optional<JournalEvent.StudyEnded> end = Optional.empty();
    for (int i = 0; i < events.size(); i++) {
      JournalEvent event = events.get(i);
      try {
        history = after(history, event);
        confuse(confusions, event);
      } catch (IllegalArgumentException e) {
        throw new StoreException(
            "Cannot replay event %d of %d: %s".formatted(i + 1, events.size(), e.getMessage()), e);
      }
      time(timings, event);
      place(places, event);
      if (event instanceof JournalEvent.RunFailed run) {
        retried.merge(run.code(), 1, Integer::sum);
      }
      end = event instanceof JournalEvent.StudyEnded last ? Optional.of(last) : Optional.empty();
    }
    StudyStatus status = end.map(JournalEvent.StudyEnded::status).orElse(StudyStatus.OPEN);
    return new Replay(
        history,
        timings,
        confusions,
        places,
        retried,
        status,
        end.flatMap(JournalEvent.StudyEnded::reason));
  }

  private static History after(History history, JournalEvent event) {
    if (event instanceof JournalEvent.TrialStarted started) {
      if (started.trial() != history.size()) {
        throw new IllegalArgumentException(
            "Trial must have number " + history.size() + ", but was " + started.trial());
      }
      return started
          .lineage()
          .map(from -> history.started(started.assignment(), started.origin(), from))
          .orElseGet(() -> history.started(started.assignment(), started.origin()));
    }
    if (event instanceof JournalEvent.Reported reported) {
      return history.reported(reported.trial(), reported.report());
    }
    if (event instanceof JournalEvent.FoldEnded fold) {
      History reported = history;
      for (Report report : fold.reports()) {
        reported = reported.reported(fold.trial(), report);
      }
      return reported.foldEnded(fold.trial(), fold.fold(), fold.measurement());
    }
    if (event instanceof JournalEvent.TrialEnded ended) {
      return history.ended(ended.trial(), ended.outcome());
    }
    return history;
  }

  private static void confuse(Map<Integer, Confusion> confusions, JournalEvent event) {
    if (event instanceof JournalEvent.FoldEnded fold && !fold.confusion().isEmpty()) {
      confusions.merge(fold.trial(), new Confusion(fold.confusion()), Confusion::plus);
    }
  }

  private static void place(Map<Integer, SortedMap<Integer, RunPlace>> places, JournalEvent event) {
    if (event instanceof JournalEvent.FoldEnded fold && !fold.place().equals(RunPlace.UNKNOWN)) {
      places.computeIfAbsent(fold.trial(), trial -> new TreeMap<>()).put(fold.fold(), fold.place());
    }
  }

  private static void time(List<Timing> timings, JournalEvent event) {
    if (event instanceof JournalEvent.TrialStarted started) {
      timings.add(new Timing(started.at(), Optional.empty(), 0));
    } else if (event instanceof JournalEvent.FoldEnded fold) {
      timings.set(fold.trial(), timings.get(fold.trial()).worked(fold.seconds()));
    } else if (event instanceof JournalEvent.TrialEnded ended) {
      timings.set(ended.trial(), timings.get(ended.trial()).ended(ended.at()));
    }
  }
}
