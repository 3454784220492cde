package org.fettle.driver.study;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.fettle.driver.job.Catalog;
import org.fettle.driver.job.JobParser;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.ParsedJob;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StoreException;

/**
 * A study as it looks at a moment: what a report shows.
 *
 * @param begun the journal's first event, with the job and where it came from
 * @param replay what has become of it
 * @param runs that were scored, in the order of their ends
 * @param updated when the last event happened
 */
public record StudyView(
    JobSpec job,
    JournalEvent.StudyCreated begun,
    Replay replay,
    List<RunTime> runs,
    Instant updated) {

  public StudyView {
    requireNonNull(job, "job is null");
    requireNonNull(begun, "begun is null");
    requireNonNull(replay, "replay is null");
    runs = List.copyOf(runs);
    requireNonNull(updated, "updated is null");
  }

  /**
   * The study of a journal.
   *
   * @param name for messages
   * @throws StoreException if the events do not fit each other, or their job cannot be read
   */
  public static StudyView of(List<JournalEvent> events, String name) {
    if (events.isEmpty() || !(events.get(0) instanceof JournalEvent.StudyCreated created)) {
      throw new StoreException("Cannot read " + name + ": its journal lacks its beginning");
    }
    StudyLog log = StudyLog.of(created);
    log.happened(events.subList(1, events.size()));
    return log.view();
  }

  /** A job that a journal has. */
  static JobSpec job(Map<String, Object> job) {
    String name = String.valueOf(job.get("study"));
    ParsedJob parsed =
        new JobParser(Catalog.onClassPath()).parse(job, name, Path.of(""), List.of());
    return parsed
        .job()
        .orElseThrow(
            () -> new StoreException("Cannot read the job of " + name + ": " + parsed.problems()));
  }
}
