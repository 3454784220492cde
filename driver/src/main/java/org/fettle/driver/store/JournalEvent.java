package org.fettle.driver.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;

/** One thing that happened in a study. The journal is all of them, in order. */
public sealed interface JournalEvent {

  Instant at();

  /**
   * The first record of a journal.
   *
   * @param format version of the journal's format
   * @param job the whole job with its defaults, as plain data
   * @param provenance digests and versions, by name
   */
  record StudyCreated(
      Instant at, int format, Map<String, Object> job, Map<String, Object> provenance)
      implements JournalEvent {
    public StudyCreated {
      requireNonNull(at, "at is null");
      requireNonNull(job, "job is null");
      requireNonNull(provenance, "provenance is null");
    }
  }

  /**
   * A trial was suggested; it is submitted once this is written.
   *
   * @param missed how many of the events before this one, the latest and not counting the starts of
   *     trials, came too late for the suggester to know of
   */
  record TrialStarted(Instant at, int trial, Assignment assignment, String origin, int missed)
      implements JournalEvent {
    public TrialStarted {
      requireNonNull(at, "at is null");
      requireNonNull(assignment, "assignment is null");
      requireNonNull(origin, "origin is null");
      if (missed < 0) {
        throw new IllegalArgumentException("Missed must be at least 0, but was " + missed);
      }
    }

    /** A trial suggested by all that happened before it. */
    public TrialStarted(Instant at, int trial, Assignment assignment, String origin) {
      this(at, trial, assignment, origin, 0);
    }
  }

  /** A run broke and is begun again. */
  record RunFailed(Instant at, int trial, int fold, FailureCode code, String reason)
      implements JournalEvent {
    public RunFailed {
      requireNonNull(at, "at is null");
      requireNonNull(code, "code is null");
      requireNonNull(reason, "reason is null");
    }
  }

  /** A run said how far it is. */
  record Reported(Instant at, int trial, Report report) implements JournalEvent {
    public Reported {
      requireNonNull(at, "at is null");
      requireNonNull(report, "report is null");
    }
  }

  /**
   * One run of a trial was scored.
   *
   * @param reports those that were not heard of before
   * @param seconds of work on the executor
   * @param confusion for each class, how many of its rows were taken for each class; may be empty
   */
  record FoldEnded(
      Instant at,
      int trial,
      int fold,
      Measurement measurement,
      List<Report> reports,
      double seconds,
      List<List<Long>> confusion)
      implements JournalEvent {
    public FoldEnded {
      requireNonNull(at, "at is null");
      requireNonNull(measurement, "measurement is null");
      reports = List.copyOf(reports);
      confusion = confusion.stream().map(List::copyOf).toList();
    }

    /** A run without classes. */
    public FoldEnded(
        Instant at,
        int trial,
        int fold,
        Measurement measurement,
        List<Report> reports,
        double seconds) {
      this(at, trial, fold, measurement, reports, seconds, List.of());
    }
  }

  /** A trial ended. */
  record TrialEnded(Instant at, int trial, Outcome outcome) implements JournalEvent {
    public TrialEnded {
      requireNonNull(at, "at is null");
      requireNonNull(outcome, "outcome is null");
    }
  }

  /**
   * The study ended.
   *
   * @param reason what a stop rule said, if one ended it
   */
  record StudyEnded(Instant at, StudyStatus status, Optional<String> reason)
      implements JournalEvent {
    public StudyEnded {
      requireNonNull(at, "at is null");
      requireNonNull(status, "status is null");
      requireNonNull(reason, "reason is null");
    }
  }
}
