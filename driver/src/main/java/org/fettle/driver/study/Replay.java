package org.fettle.driver.study;

import java.util.ArrayList;
import java.util.List;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StudyStatus;
import org.fettle.search.study.History;
import org.fettle.search.study.Report;
import org.fettle.search.study.StudySpec;

/**
 * A study as its journal tells it.
 *
 * @param timings by the trial's number
 * @param status {@link StudyStatus#OPEN} unless the journal has its end
 */
public record Replay(History history, List<Timing> timings, StudyStatus status) {

  public Replay {
    timings = List.copyOf(timings);
  }

  /** Makes the history again from a journal's events. */
  public static Replay of(StudySpec spec, List<JournalEvent> events) {
    History history = History.empty(spec);
    List<Timing> timings = new ArrayList<>();
    StudyStatus status = StudyStatus.OPEN;
    for (JournalEvent event : events) {
      status = StudyStatus.OPEN;
      if (event instanceof JournalEvent.TrialStarted started) {
        history = history.started(started.assignment(), started.origin());
        timings.add(new Timing(started.at(), java.util.Optional.empty(), 0));
      } else if (event instanceof JournalEvent.FoldEnded fold) {
        for (Report report : fold.reports()) {
          history = history.reported(fold.trial(), report);
        }
        history = history.foldEnded(fold.trial(), fold.fold(), fold.measurement());
        timings.set(fold.trial(), timings.get(fold.trial()).worked(fold.seconds()));
      } else if (event instanceof JournalEvent.TrialEnded ended) {
        history = history.ended(ended.trial(), ended.outcome());
        timings.set(ended.trial(), timings.get(ended.trial()).ended(ended.at()));
      } else if (event instanceof JournalEvent.StudyEnded ended) {
        status = ended.status();
      }
    }
    return new Replay(history, timings, status);
  }
}
