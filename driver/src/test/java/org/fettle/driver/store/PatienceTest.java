package org.fettle.driver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stores that fail for a while, or for good. */
@Timeout(60)
class PatienceTest {

  @TempDir private Path temporary;

  private Journals journals;
  private ObjectStore files;

  @BeforeEach
  void setUp() throws IOException {
    journals = new Journals("object:" + temporary.resolve("study/journal"));
    files = (ObjectStore) FileSystem.get(ObjectStore.ROOT, journals.hadoop);
    journals.hadoop.set("fettle.lease.time", "1h");
  }

  @AfterEach
  void mend() {
    files.failures.clear();
    files.beforeRename = () -> {};
  }

  private static List<JournalEvent> events() {
    return new RandomEvents(2).draw(3);
  }

  private void failing(IOException... failures) {
    files.failures.addAll(List.of(failures));
  }

  @Test
  void waitsForAFileSystemThatIsAwayAndSaysSoOnce() {
    try (JournalStore store = journals.claim("host")) {
      failing(
          new ConnectException("Connection refused"),
          new IOException("Name node is in safe mode.\n\tat org.apache…"));

      store.append(events());

      assertThat(journals.said).hasSize(2);
      assertThat(journals.said.get(0))
          .contains("Cannot write object:")
          .contains("Connection refused; the study waits up to 5 s and tries again");
      assertThat(journals.said.get(1)).isEqualTo("The file system is back; the study goes on");
      assertThat(journals.read()).isEqualTo(events());
    }
  }

  @Test
  void givesUpWhenItTakesTooLongAndSaysWhatToDo() {
    journals.hadoop.set("fettle.store.patience", "300ms");
    try (JournalStore store = journals.claim("host")) {
      for (int i = 0; i < 50; i++) {
        failing(new IOException("No space left on device"));
      }

      assertThatThrownBy(() -> store.append(events()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("No space left on device; make room, then: fettle resume");
      files.failures.clear();
    }
  }

  @Test
  void doesNotWaitForAPermission() {
    try (JournalStore store = journals.claim("host")) {
      failing(new AccessControlException("Permission denied: user=ada, access=WRITE"));

      assertThatThrownBy(() -> store.append(events()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("Permission denied: user=ada, access=WRITE; let this user write");
      assertThat(journals.said).isEmpty();
    }
  }

  @Test
  void doesNotWaitOnceItIsToldToGiveUp() {
    journals.hadoop.set("fettle.store.patience", "1h");
    try (JournalStore store = journals.claim("host")) {
      failing(new ConnectException("Connection refused"));
      store.giveUp();

      assertThatThrownBy(() -> store.append(events()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("bring the file system back");
    }
  }

  @Test
  void findsThatASegmentIsWrittenWhoseSuccessWasNotHeardOf() {
    try (JournalStore store = journals.claim("host")) {
      store.append(events());
      boolean[] lost = {false};
      files.beforePut =
          () -> {
            if (!lost[0]) {
              lost[0] = true;
              failing(new ConnectException("Connection reset"), new ConnectException("again"));
            }
          };
      store.append(events());
      files.beforePut = () -> {};

      assertThat(journals.read()).hasSize(6);
    }
  }
}
