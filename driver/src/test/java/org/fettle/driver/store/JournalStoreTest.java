package org.fettle.driver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalStoreTest {

  @TempDir private Path temporary;

  private Path folder;
  private Journals journals;

  @BeforeEach
  void setUp() {
    folder = temporary.resolve("study/journal");
    journals = new Journals(folder);
  }

  private static List<JournalEvent> events(int count) {
    return new RandomEvents(3).draw(count);
  }

  /** Three segments of two events of a driver that is gone without a word. */
  private List<JournalEvent> written() throws IOException {
    List<JournalEvent> events = events(6);
    JournalStore store = journals.claim("left");
    for (int i = 0; i < 6; i += 2) {
      store.append(events.subList(i, i + 2));
    }
    store.abandon();
    return events;
  }

  private static String name(int first) {
    return "%010d.1.jsonl".formatted(first);
  }

  /** Puts other bytes in the place of a segment, as a file without Hadoop's own checksum. */
  private void replace(String name, byte[] bytes) throws IOException {
    Files.deleteIfExists(folder.resolve("." + name + ".crc"));
    Files.write(folder.resolve(name), bytes);
  }

  private byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name));
  }

  private List<String> segments() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> SegmentName.parse(name).isPresent())
          .sorted()
          .toList();
    }
  }

  @Test
  void readsWhatWasAppendedInOrder() throws IOException {
    List<JournalEvent> events = written();

    assertThat(journals.read()).isEqualTo(events);
    assertThat(segments()).containsExactly(name(0), name(2), name(4));
    assertThat(Files.readString(folder.resolve(name(2))))
        .startsWith("{\"segment\":2,\"first\":2,\"events\":2,\"epoch\":1,\"bytes\":")
        .contains("\"crc32c\":\"");
  }

  @Test
  void goesOnAfterTheLastSegmentAndMergesAtItsEnd() throws IOException {
    List<JournalEvent> all = new ArrayList<>(written());
    all.addAll(events(3));

    try (JournalStore store = journals.open("next")) {
      store.append(events(3));
      assertThat(store.read()).isEqualTo(all);
    }

    assertThat(journals.read()).isEqualTo(all);
    assertThat(segments()).containsExactly("0000000000-0000000009.2.jsonl");
  }

  @Test
  void writesNothingForNoEvents() throws IOException {
    try (JournalStore store = journals.claim("only")) {
      store.append(List.of());
      assertThat(store.read()).isEmpty();
    }
    assertThat(segments()).isEmpty();
  }

  @Test
  void seesASegmentWholeOrNotAtAll() throws IOException {
    List<JournalEvent> events = written();
    Files.writeString(folder.resolve("." + name(6) + ".tmp"), "{\"segment\":2,\"fir");
    Files.writeString(folder.resolve("notes.jsonl"), "not ours");

    assertThat(journals.read()).isEqualTo(events);
    try (JournalStore store = journals.open("next")) {
      store.append(events(1));
      assertThat(folder.resolve("." + name(6) + ".tmp")).doesNotExist();
    }
    assertThat(journals.read()).hasSize(7);
    assertThat(folder.resolve("notes.jsonl")).hasContent("not ours");
  }

  @Test
  void isReadBeforeItIsAppendedTo() throws IOException {
    written();
    try (JournalStore store = journals.claim("hasty")) {
      assertThatThrownBy(() -> store.append(events(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("A journal must be read before it is appended to");
    }
  }

  @Test
  void noticesEveryBitThatIsFlipped() throws IOException {
    written();
    byte[] good = bytes(name(2));
    long seed = Long.getLong("tests.seed", 1);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      int bit = random.nextInt(good.length * 8);
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      replace(name(2), bad);

      assertThatThrownBy(journals::read)
          .as("seed %d, bit %d", seed, bit)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("Cannot read file:" + folder + "/" + name(2));
    }
  }

  @Test
  void noticesEveryTruncation() throws IOException {
    written();
    byte[] good = bytes(name(4));
    for (int length = 0; length < good.length; length++) {
      replace(name(4), java.util.Arrays.copyOf(good, length));

      assertThatThrownBy(journals::read)
          .as("%d of %d bytes", length, good.length)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(name(4) + ", after 4 events: it ")
          .hasMessageContaining("Nothing was written behind it: fettle resume file:")
          .hasMessageContaining("--repair");
    }
  }

  @Test
  void namesADamagedSegmentInTheMiddleWhatWasSavedAndTheCure() throws IOException {
    written();
    replace(name(2), "garbage".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(journals::read)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(name(2) + ", after 2 events: it ends within its first line")
        .hasMessageContaining("Whole are the events before it, with the ends of 0 trials")
        .hasMessageContaining("There are 1 segments behind it")
        .hasMessageContaining("move it and those behind it out of the folder")
        .hasMessageNotContaining("--repair");
    try (JournalStore store = journals.claim("healer")) {
      assertThat(store.repair()).isEmpty();
    }
    assertThat(segments()).hasSize(3);
  }

  @Test
  void theCureForTheMiddleWorks() throws IOException {
    List<JournalEvent> events = written();
    Files.move(folder.resolve(name(2)), temporary.resolve("2"));
    Files.move(folder.resolve(name(4)), temporary.resolve("4"));

    try (JournalStore store = journals.open("next")) {
      assertThat(store.read()).isEqualTo(events.subList(0, 2));
      store.append(events(1));
    }
    assertThat(journals.read()).hasSize(3);
  }

  @Test
  void putsATornEndAsideAndGoesOn() throws IOException {
    List<JournalEvent> events = written();
    byte[] good = bytes(name(4));
    replace(name(4), java.util.Arrays.copyOf(good, good.length - 1));

    try (JournalStore store = journals.claim("healer")) {
      assertThat(store.repair()).hasValueSatisfying(text -> assertThat(text).startsWith(name(4)));
      assertThat(store.repair()).isEmpty();
      assertThat(store.read()).isEqualTo(events.subList(0, 4));
      store.append(events(1));
    }
    assertThat(journals.read()).hasSize(5);
    assertThat(folder.resolve("damaged-" + name(4))).exists();
  }

  @Test
  void noticesASegmentUnderAnothersName() throws IOException {
    written();
    replace(name(4), bytes(name(2)));

    assertThatThrownBy(journals::read)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(name(4) + ", after 4 events: it is another segment's content");
  }

  @Test
  void namesASegmentThatIsMissing() throws IOException {
    written();
    Files.delete(folder.resolve(name(2)));

    assertThatThrownBy(journals::read)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(name(2) + ", after 2 events: it is missing");
  }

  @Test
  void refusesANewerFormat() throws IOException {
    try (JournalStore store = journals.claim("ahead")) {
      store.append(List.of(new JournalEvent.StudyCreated(Instant.EPOCH, 3, Map.of(), Map.of())));

      assertThatThrownBy(journals::read)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("its format is 3, and this Fettle knows up to 2");
    }
    replace(name(0), "{\"segment\":3,\"future\":true}\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(journals::read)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("its format is 3, and this Fettle knows up to 2");
  }

  @Test
  void readersNeverFailWhileItIsWrittenAndMerged() throws Exception {
    List<JournalEvent> all = new RandomEvents(5).draw(200);
    AtomicBoolean done = new AtomicBoolean();
    try (JournalStore store = journals.claim("busy")) {
      store.append(all.subList(0, 1));
      CompletableFuture<Integer> reader =
          CompletableFuture.supplyAsync(
              () -> {
                int reads = 0;
                int before = 0;
                while (!done.get()) {
                  List<JournalEvent> events = journals.read();
                  assertThat(events.size()).isGreaterThanOrEqualTo(before);
                  assertThat(events).isEqualTo(all.subList(0, events.size()));
                  before = events.size();
                  reads++;
                }
                return reads;
              });
      for (int i = 1; i < all.size(); i++) {
        store.append(all.subList(i, i + 1));
      }
      done.set(true);
      assertThat(reader.get()).isPositive();
    }
    assertThat(segments()).containsExactly("0000000000-0000000200.1.jsonl");
    assertThat(journals.read()).isEqualTo(all);
  }

  @Test
  void createsNoJournalUnderAFile() throws IOException {
    Files.writeString(temporary.resolve("study"), "a file");

    assertThatThrownBy(() -> journals.claim("any"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Cannot open journal");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "object"})
  void keepsNoMoreThanAFewFiles(String scheme) throws IOException {
    journals = new Journals(scheme + ":" + folder);
    List<JournalEvent> all = new RandomEvents(6).draw(300);
    JournalStore store = journals.claim("busy");
    for (JournalEvent event : all) {
      store.append(List.of(event));
    }
    store.abandon();

    assertThat(journals.read()).isEqualTo(all);
    assertThat(segments().size()).isLessThan(140);
  }
}
