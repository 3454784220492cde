package org.fettle.driver.study;

import org.fettle.driver.store.StudyStatus;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;

/** Hears what happens in a study, after it is in the journal. Called on the loop's thread. */
public interface StudyListener {

  /** Tells one and then another. */
  static StudyListener both(StudyListener one, StudyListener other) {
    return new StudyListener() {
      @Override
      public void trialStarted(History history, Trial trial) {
        one.trialStarted(history, trial);
        other.trialStarted(history, trial);
      }

      @Override
      public void runFailed(History history, int trial, int fold, TaskResult.Failed failure) {
        one.runFailed(history, trial, fold, failure);
        other.runFailed(history, trial, fold, failure);
      }

      @Override
      public void trialEnded(History history, Trial trial) {
        one.trialEnded(history, trial);
        other.trialEnded(history, trial);
      }

      @Override
      public void studyEnded(History history, StudyStatus status) {
        one.studyEnded(history, status);
        other.studyEnded(history, status);
      }
    };
  }

  /** A trial begins. */
  default void trialStarted(History history, Trial trial) {}

  /** A run of a trial broke, and is begun again. */
  default void runFailed(History history, int trial, int fold, TaskResult.Failed failure) {}

  /** A trial ended. */
  default void trialEnded(History history, Trial trial) {}

  /** The study ended. */
  default void studyEnded(History history, StudyStatus status) {}
}
