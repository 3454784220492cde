package org.fettle.driver.study;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StudyStore;

/**
 * A store whose events are told to followers once they are written. A follower that throws is said
 * once and dropped: nobody who watches can harm the study.
 */
public final class FollowedStore implements StudyStore {

  private final StudyStore store;
  private final List<StudyFollower> followers;
  private final Consumer<String> warnings;

  /**
   * A store in front of another.
   *
   * @param warnings is told why a follower was dropped
   */
  public FollowedStore(StudyStore store, List<StudyFollower> followers, Consumer<String> warnings) {
    this.store = store;
    this.followers = new ArrayList<>(followers);
    this.warnings = warnings;
  }

  @Override
  public void append(List<JournalEvent> events) {
    store.append(events);
    List<JournalEvent> happened = List.copyOf(events);
    for (StudyFollower follower : List.copyOf(followers)) {
      try {
        follower.happened(happened);
      } catch (RuntimeException | LinkageError e) {
        followers.remove(follower);
        warnings.accept(follower.getClass().getSimpleName() + " follows no longer: " + e);
      }
    }
  }

  @Override
  public void read(Consumer<JournalEvent> sink) {
    store.read(sink);
  }

  @Override
  public void close() {
    store.close();
  }
}
