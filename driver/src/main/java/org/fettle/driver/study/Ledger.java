package org.fettle.driver.study;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StudyStatus;
import org.fettle.driver.store.StudyStore;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.History;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.Trial;
import org.fettle.search.suggest.Suggestion;

/**
 * What happened in a study: the history as it is now, and what of it the journal and the listener
 * have yet to hear. For the loop's thread.
 */
final class Ledger {

  private final StudyStore store;
  private final StudyListener listener;
  private final InstantSource clock;
  private final List<JournalEvent> unwritten = new ArrayList<>();
  private final List<Runnable> untold = new ArrayList<>();
  private History history;
  private Instant written = Instant.MIN;
  private int events;

  Ledger(History history, StudyStore store, StudyListener listener, InstantSource clock) {
    this.history = history;
    this.store = store;
    this.listener = listener;
    this.clock = clock;
  }

  History history() {
    return history;
  }

  Trial trial(int number) {
    return history.trial(number);
  }

  /** How many events there were, without the starts of trials. */
  int events() {
    return events;
  }

  /**
   * A trial begins.
   *
   * @param known how many events the suggester knew of
   */
  Trial started(Suggestion suggestion, int known) {
    history = suggestion.startedIn(history);
    Trial trial = history.trial(history.size() - 1);
    unwritten.add(
        new JournalEvent.TrialStarted(
            clock.instant(),
            trial.number(),
            trial.assignment(),
            trial.origin(),
            events - known,
            trial.lineage()));
    untold.add(() -> listener.trialStarted(history, trial));
    return trial;
  }

  void reported(int trial, Report report) {
    history = history.reported(trial, report);
    add(new JournalEvent.Reported(clock.instant(), trial, report));
  }

  void foldEnded(int trial, int fold, TaskResult.Scored scored, List<Report> reports) {
    for (Report report : reports) {
      history = history.reported(trial, report);
    }
    history = history.foldEnded(trial, fold, scored.measurement());
    add(
        new JournalEvent.FoldEnded(
            clock.instant(),
            trial,
            fold,
            scored.measurement(),
            reports,
            scored.seconds(),
            scored.confusion(),
            scored.place()));
  }

  void runFailed(int trial, int fold, TaskResult.Failed failed) {
    add(new JournalEvent.RunFailed(clock.instant(), trial, fold, failed.code(), failed.message()));
    untold.add(() -> listener.runFailed(history, trial, fold, failed));
  }

  void ended(int trial, Outcome outcome) {
    history = history.ended(trial, outcome);
    add(new JournalEvent.TrialEnded(clock.instant(), trial, outcome));
    untold.add(() -> listener.trialEnded(history, history.trial(trial)));
  }

  /** The study ends: all is written and told. */
  void ended(StudyStatus status, Optional<String> reason) {
    add(new JournalEvent.StudyEnded(clock.instant(), status, reason));
    write();
    tell();
    listener.studyEnded(history, status);
  }

  private void add(JournalEvent event) {
    unwritten.add(event);
    events++;
  }

  /** Whether the journal was last written longer ago. */
  boolean isUnwrittenFor(Duration wait) {
    return written.plus(wait).isBefore(clock.instant());
  }

  /** Writes what the journal lacks. */
  void write() {
    if (!unwritten.isEmpty()) {
      store.append(unwritten);
      unwritten.clear();
      written = clock.instant();
    }
  }

  /** Tells the listener of what was written. */
  void tell() {
    List<Runnable> telling = List.copyOf(untold);
    untold.clear();
    telling.forEach(Runnable::run);
  }
}
