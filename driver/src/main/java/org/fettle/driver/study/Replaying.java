package org.fettle.driver.study;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.fettle.search.study.HistoryBuilder;
import org.fettle.search.study.Report;
import org.fettle.search.study.StudySpec;
import org.jspecify.annotations.Nullable;

/** Makes a study of its journal, event by event. For one thread. */
public final class Replaying {

  private final HistoryBuilder history;
  private final List<Timing> timings = new ArrayList<>();
  private final Map<Integer, Confusion> confusions = new HashMap<>();
  private final Map<Integer, SortedMap<Integer, RunPlace>> places = new HashMap<>();
  private final List<BrokenRun> broken = new ArrayList<>();
  private final Map<FailureCode, Integer> retried = new EnumMap<>(FailureCode.class);
  private final List<RunTime> runs = new ArrayList<>();
  private Optional<JournalEvent.StudyEnded> end = Optional.empty();
  private Duration before = Duration.ZERO;
  private @Nullable Instant began;
  private Duration session = Duration.ZERO;
  private int events;

  /** Begins with a study of which nothing is known yet. */
  public Replaying(StudySpec spec) {
    history = new HistoryBuilder(spec);
  }

  /**
   * Takes the next event.
   *
   * @throws StoreException if it does not fit those before it
   */
  public void add(JournalEvent event) {
    events++;
    try {
      change(event);
    } catch (IllegalArgumentException e) {
      throw new StoreException("Cannot replay event %d: %s".formatted(events, e.getMessage()), e);
    }
    time(event);
    end = event instanceof JournalEvent.StudyEnded last ? Optional.of(last) : Optional.empty();
  }

  private void change(JournalEvent event) {
    if (event instanceof JournalEvent.TrialStarted started) {
      if (started.trial() != history.size()) {
        throw new IllegalArgumentException(
            "Trial must have number " + history.size() + ", but was " + started.trial());
      }
      history.started(started.assignment(), started.origin(), started.lineage());
    } else if (event instanceof JournalEvent.Reported reported) {
      history.reported(reported.trial(), reported.report());
    } else if (event instanceof JournalEvent.FoldEnded fold) {
      for (Report report : fold.reports()) {
        history.reported(fold.trial(), report);
      }
      history.foldEnded(fold.trial(), fold.fold(), fold.measurement());
      if (!fold.confusion().isEmpty()) {
        confusions.merge(fold.trial(), new Confusion(fold.confusion()), Confusion::plus);
      }
      if (!fold.place().equals(RunPlace.UNKNOWN)) {
        places
            .computeIfAbsent(fold.trial(), trial -> new TreeMap<>())
            .put(fold.fold(), fold.place());
      }
    } else if (event instanceof JournalEvent.TrialEnded ended) {
      history.ended(ended.trial(), ended.outcome());
      broken.removeIf(run -> run.trial() == ended.trial());
    } else if (event instanceof JournalEvent.RunFailed run) {
      retried.merge(run.code(), 1, Integer::sum);
      broken.add(new BrokenRun(run.trial(), run.fold(), run.code()));
    }
  }

  private void time(JournalEvent event) {
    if (event instanceof JournalEvent.StudyResumed resumed) {
      before = resumed.worked();
      began = null;
    }
    if (began == null) {
      began = event.at();
      session = Duration.ZERO;
    }
    // A clock may be set back, and a study that goes on without being resumed is of format 1.
    Duration now = Duration.between(began, event.at());
    session = now.compareTo(session) > 0 ? now : session;
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

  /** The runs that were scored so far, in the order of their ends. */
  public List<RunTime> runs() {
    return List.copyOf(runs);
  }

  /** The study after the events so far. */
  public Replay replay() {
    return replay(history.spec());
  }

  /** The same as a study of other trials or parallelism. */
  public Replay replay(StudySpec spec) {
    return new Replay(
        history.build(spec),
        timings,
        confusions,
        places,
        broken,
        retried,
        end.map(JournalEvent.StudyEnded::status).orElse(StudyStatus.OPEN),
        end.flatMap(JournalEvent.StudyEnded::reason),
        before.plus(session));
  }
}
