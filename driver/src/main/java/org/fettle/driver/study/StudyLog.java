package org.fettle.driver.study;

import java.time.Instant;
import java.util.List;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StoreException;
import org.jspecify.annotations.Nullable;

/** Follows a study, and shows how it looks at any moment. Safe for several threads. */
public final class StudyLog implements StudyFollower {

  private final JournalEvent.StudyCreated begun;
  private final Replaying replaying;
  private JobSpec job;
  private Instant updated;
  private @Nullable StudyView last;

  /** A study that has just begun. */
  public StudyLog(JobSpec job, JournalEvent.StudyCreated begun) {
    this.job = job;
    this.begun = begun;
    this.replaying = new Replaying(job.studySpec(1));
    this.updated = begun.at();
  }

  /**
   * A study that has just begun.
   *
   * @throws StoreException if its job cannot be read
   */
  public static StudyLog of(JournalEvent.StudyCreated begun) {
    return new StudyLog(StudyView.job(begun.job()), begun);
  }

  /**
   * Takes what happened.
   *
   * @throws StoreException if an event does not fit those before it
   */
  @Override
  public synchronized void happened(List<JournalEvent> events) {
    for (JournalEvent event : events) {
      if (event instanceof JournalEvent.StudyResumed resumed) {
        job = StudyView.job(resumed.job());
      }
      replaying.add(event);
      updated = event.at();
    }
    last = null;
  }

  /** The study now. */
  public synchronized StudyView view() {
    StudyView view = last;
    if (view == null) {
      view =
          new StudyView(job, begun, replaying.replay(job.studySpec(1)), replaying.runs(), updated);
      last = view;
    }
    return view;
  }
}
