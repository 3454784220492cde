package org.fettle.driver.study;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.PopulationSpec;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyFolder;
import org.fettle.driver.store.StudyStatus;
import org.fettle.search.study.History;
import org.fettle.search.study.Lineage;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the checkpoints of trials that nothing will go on from: of a trial that ended, or in
 * population based training of all generations but those that members are in and the one before. On
 * a thread of its own, since a far file system is slow; what cannot be deleted is left to the end
 * of the study.
 */
public final class CheckpointKeeper implements StudyListener {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointKeeper.class);

  private final StudyFolder folder;
  private final boolean population;
  private final Set<Integer> deleted = new HashSet<>();
  private final ExecutorService deleting;

  /** Of a study of a job. */
  public CheckpointKeeper(JobSpec job, StudyFolder folder) {
    this(job, folder, Executors.newSingleThreadExecutor(CheckpointKeeper::daemon));
  }

  /** The same, on a thread that is ended with the study. */
  CheckpointKeeper(JobSpec job, StudyFolder folder, ExecutorService deleting) {
    this.folder = folder;
    this.population = PopulationSpec.of(job).isPresent();
    this.deleting = deleting;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "fettle-checkpoints");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void trialEnded(History history, Trial trial) {
    if (!population) {
      delete(trial.number());
      return;
    }
    int least = leastGeneration(history);
    for (Trial each : history.trials()) {
      if (each.state() != TrialState.RUNNING && generation(each) < least - 1) {
        delete(each.number());
      }
    }
  }

  /** The generation of the member that is most behind, of those that have not failed. */
  private static int leastGeneration(History history) {
    Set<Integer> succeeded = new HashSet<>();
    history.trials().stream()
        .flatMap(trial -> trial.lineage().stream())
        .forEach(lineage -> succeeded.add(lineage.predecessor()));
    return history.trials().stream()
        .filter(trial -> !succeeded.contains(trial.number()))
        .filter(
            trial -> trial.state() == TrialState.RUNNING || trial.state() == TrialState.COMPLETED)
        .mapToInt(CheckpointKeeper::generation)
        .min()
        .orElse(0);
  }

  private static int generation(Trial trial) {
    Optional<Lineage> lineage = trial.lineage();
    return lineage.map(Lineage::generation).orElse(1);
  }

  private void delete(int trial) {
    if (deleted.add(trial)) {
      deleting.execute(() -> deleteNow(StudyFolder.CHECKPOINTS + "/" + trial));
    }
  }

  private void deleteNow(String name) {
    try {
      folder.delete(name);
    } catch (StoreException e) {
      LOG.warn("Cannot delete checkpoints of a trial that ended: {}", e.getMessage());
    }
  }

  @Override
  public void studyEnded(History history, StudyStatus status) {
    deleting.shutdown();
  }
}
