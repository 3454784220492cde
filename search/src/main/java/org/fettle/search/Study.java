package org.fettle.search;

import java.util.List;
import java.util.Optional;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.suggest.StartPoints;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggestion;

/**
 * A study that the caller drives: ask for a trial, evaluate it, tell what came of it. Safe for
 * several threads.
 */
public final class Study {

  private final Suggester suggester;
  private History history;

  private Study(Suggester suggester, History history) {
    this.suggester = new StartPoints(suggester);
    this.history = history;
  }

  /** A new study of one goal. */
  public static Study create(SearchSpace space, Goal goal, Suggester suggester, long seed) {
    return of(suggester, History.empty(StudySpec.of(space, goal, seed)));
  }

  /**
   * A study that goes on from a history; trials that run there can still be told. The start points
   * of its {@link StudySpec} come first.
   */
  public static Study of(Suggester suggester, History history) {
    return new Study(suggester, history);
  }

  /**
   * Suggests the next trial, which is running from now on.
   *
   * @throws IllegalStateException if the space is exhausted
   */
  public Trial ask() {
    return tryAsk()
        .orElseThrow(() -> new IllegalStateException("Cannot ask: the space is exhausted"));
  }

  /** Suggests the next trial, or nothing if the space is exhausted. */
  public Optional<Trial> tryAsk() {
    return ask(1).stream().findFirst();
  }

  /**
   * Suggests several trials at once, which are running from now on: fewer than {@code count} if the
   * space is exhausted. A suggester may be quicker so than by as many single calls.
   *
   * @param count at least 1
   */
  public synchronized List<Trial> ask(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("Count of trials must be at least 1, but was " + count);
    }
    int before = history.size();
    for (Suggestion suggestion : suggester.suggest(history, count)) {
      history = suggestion.startedIn(history);
    }
    return List.copyOf(history.trials().subList(before, history.size()));
  }

  /** Ends a running trial with the value of the first goal's metric. */
  public void tell(int number, double value) {
    tell(number, Measurement.of(history().spec().goal().metric(), value));
  }

  /** Ends a running trial with its score. */
  public void tell(int number, Measurement measurement) {
    tell(number, new Outcome.Completed(measurement));
  }

  /**
   * Ends a running trial.
   *
   * @throws IllegalArgumentException if the trial is unknown or has ended, the metric of a goal or
   *     a constraint is missing or a value is not finite; the study is unharmed
   */
  public synchronized void tell(int number, Outcome outcome) {
    history = history.ended(number, outcome);
  }

  /** Notes what a running trial says on the way. */
  public synchronized void report(int number, Report report) {
    history = history.reported(number, report);
  }

  public synchronized History history() {
    return history;
  }

  /** The best trial so far. */
  public Optional<Trial> best() {
    return history().incumbent();
  }
}
