package org.fettle.driver.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.executor.task.RunPlace;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Lineage;
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
   * A driver goes on with the study.
   *
   * @param session which driver of the study it is, from 1
   * @param driver who it is, as plain data
   * @param job the whole job as it is from here on
   * @param provenance digests and versions, by name
   * @param worked how long the study has been at work before, all its sessions together
   */
  record StudyResumed(
      Instant at,
      int session,
      Map<String, Object> driver,
      Map<String, Object> job,
      Map<String, Object> provenance,
      Duration worked)
      implements JournalEvent {
    public StudyResumed {
      requireNonNull(at, "at is null");
      requireNonNull(driver, "driver is null");
      requireNonNull(job, "job is null");
      requireNonNull(provenance, "provenance is null");
      requireNonNull(worked, "worked is null");
    }
  }

  /**
   * A trial was suggested; it is submitted once this is written.
   *
   * @param missed how many of the events before this one, the latest and not counting the starts of
   *     trials, came too late for the suggester to know of
   * @param lineage which trials it goes on from; empty where it begins anew
   */
  record TrialStarted(
      Instant at,
      int trial,
      Assignment assignment,
      String origin,
      int missed,
      Optional<Lineage> lineage)
      implements JournalEvent {
    public TrialStarted {
      requireNonNull(at, "at is null");
      requireNonNull(assignment, "assignment is null");
      requireNonNull(origin, "origin is null");
      requireNonNull(lineage, "lineage is null");
      if (missed < 0) {
        throw new IllegalArgumentException("Missed must be at least 0, but was " + missed);
      }
    }

    /** A trial that begins anew, suggested by all that happened before it. */
    public TrialStarted(Instant at, int trial, Assignment assignment, String origin) {
      this(at, trial, assignment, origin, 0, Optional.empty());
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
   * @param place where the work was done
   */
  record FoldEnded(
      Instant at,
      int trial,
      int fold,
      Measurement measurement,
      List<Report> reports,
      double seconds,
      List<List<Long>> confusion,
      RunPlace place)
      implements JournalEvent {
    public FoldEnded {
      requireNonNull(at, "at is null");
      requireNonNull(measurement, "measurement is null");
      reports = List.copyOf(reports);
      confusion = confusion.stream().map(List::copyOf).toList();
      requireNonNull(place, "place is null");
    }

    /** A run without classes, nobody knows where. */
    public FoldEnded(
        Instant at,
        int trial,
        int fold,
        Measurement measurement,
        List<Report> reports,
        double seconds) {
      this(at, trial, fold, measurement, reports, seconds, List.of(), RunPlace.UNKNOWN);
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
