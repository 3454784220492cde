package org.fettle.driver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalStoreTest {

  @TempDir private Path temporary;

  private Path folder;

  @BeforeEach
  void setUp() {
    folder = temporary.resolve("journal");
  }

  private static org.apache.hadoop.fs.Path path(Path folder) {
    return new org.apache.hadoop.fs.Path(folder.toUri());
  }

  private JournalStore create() {
    return JournalStore.create(path(folder), new Configuration());
  }

  private JournalStore open() {
    return JournalStore.open(path(folder), new Configuration());
  }

  private static List<JournalEvent> events(int count) {
    return new RandomEvents(3).draw(count);
  }

  /** Three segments of two events. */
  private List<JournalEvent> written() {
    List<JournalEvent> events = events(6);
    try (JournalStore store = create()) {
      for (int i = 0; i < 6; i += 2) {
        store.append(events.subList(i, i + 2));
      }
    }
    return events;
  }

  /** Puts a text in the place of a segment, as a file without a checksum. */
  private void replace(int segment, String text) throws IOException {
    Path file = folder.resolve("%08d.jsonl".formatted(segment));
    Files.deleteIfExists(folder.resolve("." + file.getFileName() + ".crc"));
    Files.writeString(file, text);
  }

  private String segment(int segment) throws IOException {
    return Files.readString(folder.resolve("%08d.jsonl".formatted(segment)));
  }

  @Test
  void readsWhatWasAppendedInOrder() {
    List<JournalEvent> events = written();

    try (JournalStore store = open()) {
      assertThat(store.read()).isEqualTo(events);
    }
    assertThat(folder).isDirectoryContaining("glob:**/00000002.jsonl");
    assertThat(folder).isDirectoryNotContaining("glob:**/00000003.jsonl");
  }

  @Test
  void goesOnAfterTheLastSegment() {
    List<JournalEvent> all = new ArrayList<>(written());
    List<JournalEvent> more = events(3);
    all.addAll(more);

    try (JournalStore store = open()) {
      store.append(more);
      assertThat(store.read()).isEqualTo(all);
    }
    assertThat(folder).isDirectoryContaining("glob:**/00000003.jsonl");
  }

  @Test
  void writesNothingForNoEvents() {
    try (JournalStore store = create()) {
      store.append(List.of());
      assertThat(store.read()).isEmpty();
    }
  }

  @Test
  void seesASegmentWholeOrNotAtAll() throws IOException {
    List<JournalEvent> events = written();
    Files.writeString(folder.resolve(".00000003.jsonl.tmp"), "{\"event\":\"trial-st");
    Files.writeString(folder.resolve("notes.jsonl"), "not ours");

    try (JournalStore store = open()) {
      assertThat(store.read()).isEqualTo(events);
      store.append(events(1));
      assertThat(store.read()).hasSize(7);
    }
  }

  @Test
  void refusesASecondWriter() {
    written();
    try (JournalStore one = open();
        JournalStore other = open()) {
      one.append(events(1));

      assertThatThrownBy(() -> other.append(events(1)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("00000003.jsonl: it is there already")
          .hasMessageContaining("does another driver run this study?");
      assertThat(one.read()).hasSize(7);
    }
  }

  @Test
  void namesTheSegmentTheLineAndTheCountWhereItIsDamaged() throws IOException {
    written();
    String text = segment(1);
    replace(1, text.substring(0, text.indexOf('\n') + 20));

    try (JournalStore store = open()) {
      assertThatThrownBy(store::read)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("00000001.jsonl, line 2, after 3 events: Line must be JSON");
    }
  }

  @Test
  void noticesASegmentThatWasCutBetweenLines() throws IOException {
    written();
    String text = segment(2);
    replace(2, text.stripTrailing());

    try (JournalStore store = open()) {
      assertThatThrownBy(store::read)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("00000002.jsonl, line 2, after 6 events");
    }
  }

  @Test
  void noticesAnEmptySegment() throws IOException {
    written();
    replace(0, "");

    try (JournalStore store = open()) {
      assertThatThrownBy(store::read)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("00000000.jsonl, line 0, after 0 events");
    }
  }

  @Test
  void namesASegmentWhoseChecksumIsWrong() throws IOException {
    written();
    Files.writeString(folder.resolve("00000001.jsonl"), segment(1).replace("event", "Event"));

    try (JournalStore store = open()) {
      assertThatThrownBy(store::read)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("Cannot read")
          .hasMessageContaining("00000001.jsonl");
    }
  }

  @Test
  void namesASegmentThatIsMissing() throws IOException {
    written();
    Files.delete(folder.resolve("00000001.jsonl"));

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("segment 00000001.jsonl is missing, and there are later ones");
  }

  @Test
  void refusesANewerFormat() {
    try (JournalStore store = create()) {
      store.append(List.of(new JournalEvent.StudyCreated(Instant.EPOCH, 2, Map.of(), Map.of())));

      assertThatThrownBy(store::read)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("its format is 2, and this Fettle knows up to 1");
    }
  }

  @Test
  void namesAnUnknownEvent() throws IOException {
    written();
    replace(2, "{\"event\":\"coffee-ready\",\"at\":\"2026-11-22T10:15:30Z\"}\n");

    try (JournalStore store = open()) {
      assertThatThrownBy(store::read)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(
              "line 1, after 4 events: Event must be known, but was coffee-ready");
    }
  }

  @Test
  void opensNoJournalThatIsNotThere() {
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("journal: there is none");
  }

  @Test
  void createsNoJournalTwice() {
    written();

    assertThatThrownBy(this::create)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("it is there already");
  }

  @Test
  void createsNoJournalUnderAFile() throws IOException {
    Files.writeString(temporary.resolve("journal"), "a file");
    folder = folder.resolve("below");

    assertThatThrownBy(this::create)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Cannot create journal");
  }
}
