package org.fettle.driver.cli;

import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.fettle.driver.job.Catalog;
import org.fettle.driver.job.JobParser;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.ParsedJob;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.JournalStore;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyFolder;
import org.fettle.driver.study.Replay;

/** A study read from its journal, whether it runs, died or is done. Needs no Spark. */
record StoredStudy(StudyFolder folder, JobSpec job, Replay replay) {

  /**
   * Reads a study.
   *
   * @throws StoreException if there is none, or its journal is damaged
   */
  static StoredStudy at(String uri) {
    return at(uri, new Configuration());
  }

  /** Reads a study on file systems with settings of their own. */
  static StoredStudy at(String uri, Configuration hadoop) {
    StudyFolder folder = StudyFolder.at(uri, hadoop);
    try (JournalStore journal = folder.openJournal()) {
      List<JournalEvent> events = journal.read();
      if (events.isEmpty() || !(events.get(0) instanceof JournalEvent.StudyCreated created)) {
        throw new StoreException("Cannot read " + uri + ": its journal lacks its beginning");
      }
      ParsedJob parsed =
          new JobParser(Catalog.onClassPath())
              .parse(created.job(), folder.uri(), Path.of(""), List.of());
      JobSpec job =
          parsed
              .job()
              .orElseThrow(
                  () ->
                      new StoreException(
                          "Cannot read the job of " + uri + ": " + parsed.problems()));
      return new StoredStudy(folder, job, Replay.of(job.studySpec(1), events));
    }
  }
}
