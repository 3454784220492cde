package org.fettle.driver.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.driver.job.Catalog;
import org.fettle.driver.job.JobParser;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.ParsedJob;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyFolder;
import org.fettle.driver.study.Replay;
import org.fettle.driver.study.Replaying;
import org.jspecify.annotations.Nullable;

/**
 * A study read from its journal, whether it runs, died or is done. Needs no Spark.
 *
 * @param job as it was last
 * @param created how it began
 */
record StoredStudy(
    StudyFolder folder, JobSpec job, JournalEvent.StudyCreated created, Replay replay) {

  /**
   * Reads a study.
   *
   * @throws StoreException if there is none, or its journal is damaged
   */
  static StoredStudy at(String uri) {
    return in(StudyFolder.at(uri, HadoopSettings.ofProcess()));
  }

  /** Reads the study of a folder. */
  static StoredStudy in(StudyFolder folder) {
    Reading reading = new Reading(folder);
    folder.readJournal(reading::add);
    return reading.study();
  }

  /** Takes a journal event by event. */
  static final class Reading {
    private final StudyFolder folder;
    private final List<Map<String, Object>> jobs = new ArrayList<>();
    private JournalEvent.@Nullable StudyCreated created;
    private @Nullable Replaying replaying;

    Reading(StudyFolder folder) {
      this.folder = folder;
    }

    void add(JournalEvent event) {
      if (event instanceof JournalEvent.StudyCreated begin && created == null) {
        created = begin;
        jobs.add(begin.job());
        replaying = new Replaying(parse(begin.job()).studySpec(1));
      } else if (event instanceof JournalEvent.StudyResumed resumed) {
        jobs.add(resumed.job());
      }
      if (replaying == null) {
        throw beheaded();
      }
      replaying.add(event);
    }

    StoredStudy study() {
      if (created == null || replaying == null) {
        throw beheaded();
      }
      JobSpec job = parse(jobs.get(jobs.size() - 1));
      return new StoredStudy(folder, job, created, replaying.replay(job.studySpec(1)));
    }

    /** The study as one of another job, that has the goals and constraints of this. */
    Replay replay(JobSpec job, int parallelism) {
      return Optional.ofNullable(replaying)
          .orElseThrow(this::beheaded)
          .replay(job.studySpec(parallelism));
    }

    private StoreException beheaded() {
      return new StoreException(
          "Cannot read " + folder.uri() + ": its journal lacks its beginning");
    }

    private JobSpec parse(Map<String, Object> job) {
      ParsedJob parsed =
          new JobParser(Catalog.onClassPath()).parse(job, folder.uri(), Path.of(""), List.of());
      return parsed
          .job()
          .orElseThrow(
              () ->
                  new StoreException(
                      "Cannot read the job of " + folder.uri() + ": " + parsed.problems()));
    }
  }
}
