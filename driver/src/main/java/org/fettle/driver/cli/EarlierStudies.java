package org.fettle.driver.cli;

import java.util.ArrayList;
import java.util.List;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.Problems;
import org.fettle.driver.store.StoreException;
import org.fettle.search.study.History;
import org.fettle.search.suggest.warmstart.WarmStart;

/** Reads the studies that a job's search learns from. */
final class EarlierStudies {

  private EarlierStudies() {}

  /** The histories in the job's order; a study that does not help is a problem. */
  static List<History> of(JobSpec job, Problems problems) {
    List<History> earlier = new ArrayList<>();
    List<String> uris = job.search().warmStart();
    for (int i = 0; i < uris.size(); i++) {
      String path = "search.warm-start[" + i + "]";
      try {
        History history = StoredStudy.at(uris.get(i)).replay().history();
        if (WarmStart.usable(history, job.studySpec(1)) == 0) {
          String rule =
              "must have a completed trial that measured the goals, with values of this job's"
                  + " parameters; none of its %d trials is one";
          problems.add(path, uris.get(i), rule.formatted(history.size()));
        }
        earlier.add(history);
      } catch (StoreException e) {
        problems.add(path, uris.get(i), "must be a study's folder", String.valueOf(e.getMessage()));
      }
    }
    return earlier;
  }
}
