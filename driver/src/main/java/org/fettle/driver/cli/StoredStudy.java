package org.fettle.driver.cli;

import org.apache.hadoop.conf.Configuration;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.store.JournalStore;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyFolder;
import org.fettle.driver.study.Replay;
import org.fettle.driver.study.StudyView;

/** A study read from its journal, whether it runs, died or is done. Needs no Spark. */
record StoredStudy(StudyFolder folder, StudyView view) {

  /**
   * Reads a study.
   *
   * @throws StoreException if there is none, or its journal is damaged
   */
  static StoredStudy at(String uri) {
    StudyFolder folder = StudyFolder.at(uri, new Configuration());
    try (JournalStore journal = folder.openJournal()) {
      return new StoredStudy(folder, StudyView.of(journal.read(), folder.uri()));
    }
  }

  JobSpec job() {
    return view.job();
  }

  Replay replay() {
    return view.replay();
  }
}
