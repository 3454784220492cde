package org.fettle.driver.study;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StudyStatus;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.History;
import org.fettle.search.study.Report;
import org.fettle.search.study.StudySpec;

/** Makes a study again from its events, one after the other. For one thread. */
final class Replaying {

  private final List<Timing> timings = new ArrayList<>();
  private final Map<Integer, Confusion> confusions = new HashMap<>();
  private final Map<FailureCode, Integer> retried = new EnumMap<>(FailureCode.class);
  private final List<RunTime> runs = new ArrayList<>();
  private History history;
  private Optional<JournalEvent.StudyEnded> end = Optional.empty();

  Replaying(StudySpec spec) {
    this.history = History.empty(spec);
  }

  /**
   * Takes the next event.
   *
   * @throws IllegalArgumentException if it does not fit those before it
   */
  void add(JournalEvent event) {
    history = after(history, event);
    confuse(event);
    time(event);
    if (event instanceof JournalEvent.RunFailed run) {
      retried.merge(run.code(), 1, Integer::sum);
    }
    end = event instanceof JournalEvent.StudyEnded last ? Optional.of(last) : Optional.empty();
  }

  Replay replay() {
    StudyStatus status = end.map(JournalEvent.StudyEnded::status).orElse(StudyStatus.OPEN);
    return new Replay(
        history,
        timings,
        confusions,
        retried,
        status,
        end.flatMap(JournalEvent.StudyEnded::reason));
  }

  List<RunTime> runs() {
    return List.copyOf(runs);
  }

  private static History after(History history, JournalEvent event) {
    if (event instanceof JournalEvent.TrialStarted started) {
      if (started.trial() != history.size()) {
        throw new IllegalArgumentException(
            "Trial must have number " + history.size() + ", but was " + started.trial());
      }
      return history.started(started.assignment(), started.origin());
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

  private void confuse(JournalEvent event) {
    if (event instanceof JournalEvent.FoldEnded fold && !fold.confusion().isEmpty()) {
      confusions.merge(fold.trial(), new Confusion(fold.confusion()), Confusion::plus);
    }
  }

  private void time(JournalEvent event) {
    if (event instanceof JournalEvent.TrialStarted started) {
      timings.add(new Timing(started.at(), Optional.empty(), 0));
    } else if (event instanceof JournalEvent.FoldEnded fold) {
      timings.set(fold.trial(), timings.get(fold.trial()).worked(fold.seconds()));
      long nanos = Math.max(0, Math.round(fold.seconds() * 1e9));
      runs.add(
          new RunTime(
              fold.trial(), fold.fold(), fold.at().minus(Duration.ofNanos(nanos)), fold.at()));
    } else if (event instanceof JournalEvent.TrialEnded ended) {
      timings.set(ended.trial(), timings.get(ended.trial()).ended(ended.at()));
    }
  }
}
