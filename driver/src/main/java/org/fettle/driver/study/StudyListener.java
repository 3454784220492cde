package org.fettle.driver.study;

import org.fettle.driver.store.StudyStatus;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;

/** Hears what happens in a study, after it is in the journal. Called on the loop's thread. */
public interface StudyListener {

  /** A trial begins. */
  default void trialStarted(History history, Trial trial) {}

  /** A run of a trial broke, and is begun again. */
  default void runFailed(History history, int trial, int fold, TaskResult.Failed failure) {}

  /** A trial ended. */
  default void trialEnded(History history, Trial trial) {}

  /** The study ended. */
  default void studyEnded(History history, StudyStatus status) {}
}
