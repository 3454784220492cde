package org.fettle.driver.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.Problems;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyFolder;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;
import org.fettle.search.suggest.warmstart.WarmStart;

/**
 * The studies that a job's search learns from. What was learnt of them is kept in the study's own
 * folder, so that it goes on with the same when they have grown, or are gone.
 */
final class EarlierStudies {

  private EarlierStudies() {}

  /**
   * The studies in the job's order; one that does not help is a problem.
   *
   * @param kept where the study is that goes on, or that is repeated
   */
  static List<StoredStudy> of(JobSpec job, Optional<StudyFolder> kept, Problems problems) {
    List<StoredStudy> earlier = new ArrayList<>();
    List<String> uris = job.search().warmStart();
    for (int i = 0; i < uris.size(); i++) {
      String path = "search.warm-start[" + i + "]";
      try {
        Optional<StudyFolder> copy = copy(kept, i);
        StoredStudy study =
            copy.isPresent() ? StoredStudy.in(copy.get()) : StoredStudy.at(uris.get(i));
        History history = study.replay().history();
        if (WarmStart.usable(history, job.studySpec(1)) == 0) {
          String rule =
              "must have a completed trial that measured the goals, with values of this job's"
                  + " parameters; none of its %d trials is one";
          problems.add(path, uris.get(i), rule.formatted(history.size()));
        }
        earlier.add(study);
      } catch (StoreException e) {
        problems.add(path, uris.get(i), "must be a study's folder", String.valueOf(e.getMessage()));
      }
    }
    return earlier;
  }

  private static Optional<StudyFolder> copy(Optional<StudyFolder> kept, int number) {
    return kept.map(folder -> folder.below(name(number))).filter(StudyFolder::holdsStudy);
  }

  private static String name(int number) {
    return StudyFolder.EARLIER + "/" + number;
  }

  /** Copies what is learnt of the studies into the folder of the one that learns. */
  static void keep(List<StoredStudy> earlier, StudyFolder folder) {
    for (int i = 0; i < earlier.size(); i++) {
      StudyFolder copy = folder.below(name(i));
      if (!copy.holdsStudy()) {
        copy.writeJournal(events(earlier.get(i)));
      }
    }
  }

  /** Where they lay and what was learnt, for the study's provenance. */
  static List<Map<String, Object>> provenance(List<StoredStudy> earlier, JobSpec job) {
    List<Map<String, Object>> described = new ArrayList<>();
    for (int i = 0; i < earlier.size(); i++) {
      Map<String, Object> study = new LinkedHashMap<>();
      study.put("study", job.search().warmStart().get(i));
      study.put("trials", earlier.get(i).replay().history().size());
      study.put("digest", StudyFolder.digest(events(earlier.get(i))));
      described.add(study);
    }
    return described;
  }

  /** The job, the trials, and how they ended; not their folds and reports. */
  private static List<JournalEvent> events(StoredStudy study) {
    List<JournalEvent> events = new ArrayList<>();
    JournalEvent.StudyCreated created = study.created();
    events.add(
        new JournalEvent.StudyCreated(
            created.at(), created.format(), study.job().canonical(), created.provenance()));
    History history = study.replay().history();
    for (Trial trial : history.trials()) {
      events.add(
          new JournalEvent.TrialStarted(
              created.at(), trial.number(), trial.assignment(), trial.origin()));
    }
    for (int number : history.ended()) {
      events.add(
          new JournalEvent.TrialEnded(
              created.at(), number, history.trial(number).outcome().orElseThrow()));
    }
    return events;
  }
}
