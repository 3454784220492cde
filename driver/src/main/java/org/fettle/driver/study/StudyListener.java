package org.fettle.driver.study;

import org.fettle.driver.store.StudyStatus;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;

/**
 * Hears what happens in a study, after it is in the journal. A job may name classes of its own that
 * implement this, each with a public constructor without arguments:
 *
 * <pre>{@code
 * listeners: [com.acme.Notify]   # in a jar given with --jars
 * }</pre>
 *
 * <p>Those are called on a thread of their own, one call at a time and in order, so that a slow one
 * does not hold up the study; one that throws is said once and hears no more. When the study ends,
 * it waits half a minute at most for what they have not heard yet.
 */
public interface StudyListener {

  /**
   * The study begins, or goes on.
   *
   * @param control may be kept, and used from any thread
   */
  default void studyStarted(History history, StudyControl control) {}

  /** A trial begins. */
  default void trialStarted(History history, Trial trial) {}

  /** A run of a trial broke, and is begun again. */
  default void runFailed(History history, int trial, int fold, TaskResult.Failed failure) {}

  /** A trial ended. */
  default void trialEnded(History history, Trial trial) {}

  /** The study ended. */
  default void studyEnded(History history, StudyStatus status) {}
}
