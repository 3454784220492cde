package org.fettle.driver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drivers that want the same study, on a local disk and on an object store. */
@Timeout(60)
class LeaseTest {

  @TempDir private Path temporary;

  private Path folder() {
    return temporary.resolve("study/journal");
  }

  private Journals journals(String scheme) {
    return new Journals(scheme + ":" + folder());
  }

  private static List<JournalEvent> events(int count) {
    return new RandomEvents(8).draw(count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "object"})
  void aSecondDriverIsToldWhoHasTheStudy(String scheme) {
    Journals journals = journals(scheme);
    try (JournalStore one = journals.claim(Journals.holder("host-1", "application_7", 1))) {
      one.append(events(1));

      assertThatThrownBy(() -> journals.claim("host-2"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("another driver does: ada on host-1, process 4711")
          .hasMessageContaining(
              "application application_7 (attempt 1), since 1970-01-01T00:00:00Z");
      one.append(events(1));
    }
    assertThat(journals.read()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "object"})
  void aSilentDriverIsTakenOverAndWritesNothingMore(String scheme) {
    Journals journals = journals(scheme);
    JournalStore paused = journals.claim("host-1");
    paused.append(events(3));
    paused.abandon();
    try (JournalStore next = journals.open("host-2")) {
      assertThat(next.session()).isEqualTo(2);
      assertThat(journals.said)
          .anySatisfy(line -> assertThat(line).contains("sign of life").contains("host-1"))
          .contains("Taking the study over: that driver is silent");

      assertThatThrownBy(() -> paused.append(events(1)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("another driver has taken it over: ada on host-2");
      next.append(events(2));
    }
    assertThat(journals.read()).hasSize(5);
  }

  /** It slept between looking and writing, so that its segment is there. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void whatAFencedDriverWroteAllTheSameIsPassedOver(int more) throws IOException {
    Journals journals = journals("file");
    JournalStore paused = journals.claim("host-1");
    paused.append(events(3));
    paused.abandon();
    List<JournalEvent> expected = new ArrayList<>(events(3));
    try (JournalStore next = journals.open("host-2")) {
      Segment late = Segment.of(3, 1, events(4));
      Files.write(folder().resolve(late.name().file()), late.bytes());
      assertThat(journals.read()).as("before the next driver wrote").hasSize(7);
      for (int i = 0; i <= more; i++) {
        next.append(events(2));
        expected.addAll(events(2));
      }
      Segment later = Segment.of(7, 1, events(1));
      Files.write(folder().resolve(later.name().file()), later.bytes());

      assertThat(journals.read()).isEqualTo(expected);
      assertThat(next.read()).isEqualTo(expected);
    }
    assertThat(journals.read()).isEqualTo(expected);
  }

  /** It merged what it had written in vain, and deleted the pieces. */
  @Test
  void whatAFencedDriverMergedIsCutWhereTheNextBegins() throws IOException {
    Journals journals = journals("file");
    JournalStore paused = journals.claim("host-1");
    paused.append(events(1));
    paused.append(events(2));
    paused.abandon();
    List<JournalEvent> expected = new ArrayList<>(events(1));
    expected.addAll(events(2));
    try (JournalStore next = journals.open("host-2")) {
      next.append(events(5));
      expected.addAll(events(5));
      List<JournalEvent> inVain = new ArrayList<>(expected.subList(0, 3));
      inVain.addAll(events(4));
      Segment merged = Segment.of(0, 1, inVain);
      Files.write(folder().resolve(new SegmentName(0, 7, 1).file()), merged.bytes());
      Files.delete(folder().resolve(SegmentName.of(0, 1).file()));
      Files.delete(folder().resolve(SegmentName.of(1, 1).file()));

      assertThat(journals.read()).isEqualTo(expected);
    }
    try (JournalStore third = journals.open("host-3")) {
      third.append(events(1));
      expected.addAll(events(1));
    }
    assertThat(journals.read()).isEqualTo(expected);
  }

  @Test
  void aDriverHearsThatItLostTheStudy() throws InterruptedException {
    Journals journals = journals("file");
    CountDownLatch lost = new CountDownLatch(1);
    try (JournalStore one = journals.claim(Journals.holder("host-1", "application_7", 1))) {
      one.append(events(1));
      one.whenLost(() -> lost.countDown());
      try (JournalStore two = journals.claim(Journals.holder("host-2", "application_7", 2))) {
        assertThat(two.read()).hasSize(1);
        lost.await();
      }
    }
    assertThat(journals.said).as("a later attempt does not wait").isEmpty();
  }

  @Test
  void aDriverWhoseProcessEndedHereIsTakenOverAtOnce() throws Exception {
    Journals journals = journals("file");
    journals.hadoop.set("fettle.lease.time", "1h");
    Process process = new ProcessBuilder("sleep", "1000").start();
    Holder self = Holder.here("ada", "", 0, Instant.EPOCH);
    Holder other =
        new Holder(
            "ada",
            self.host(),
            self.machine(),
            process.pid(),
            process.info().startInstant().map(Instant::toString).orElse(""),
            "",
            0,
            Instant.EPOCH,
            "other");
    JournalStore dead = journals.claim(other);
    dead.append(events(1));
    dead.abandon();
    assertThat(other.isGone(self)).isFalse();
    process.destroyForcibly().waitFor();

    try (JournalStore next = journals.claim(self)) {
      assertThat(next.read()).hasSize(1);
    }
    assertThat(journals.said).isEmpty();
    assertThat(self.isGone(other)).isFalse();
  }

  @Test
  void aDriverThatEndedWellIsFollowedAtOnce() {
    Journals journals = journals("file");
    journals.hadoop.set("fettle.lease.time", "1h");
    journals.claim("host-1").close();
    journals.claim("host-2").close();
    assertThat(journals.said).isEmpty();
  }

  @Test
  void aClaimThatWasCutOffIsTakenOverToo() throws IOException {
    Journals journals = journals("file");
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("lease.1.json"), "{\"user\":\"ad");

    try (JournalStore next = journals.claim("host-2")) {
      assertThat(next.session()).isEqualTo(2);
    }
    assertThat(journals.said.get(0)).contains("someone on an unknown host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "object"})
  void ofManyThatClaimAtOnceOneGetsIt(String scheme) throws Exception {
    Journals journals = journals(scheme);
    List<Callable<String>> drivers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String host = "host-" + i;
      drivers.add(
          () -> {
            try {
              JournalStore store = journals(scheme).claim(host);
              store.append(events(1));
              return "got";
            } catch (StoreException e) {
              return e.getMessage();
            }
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<String> answers = new ArrayList<>();
    for (Future<String> answer : threads.invokeAll(drivers)) {
      answers.add(answer.get());
    }
    threads.shutdown();

    assertThat(answers).containsOnlyOnce("got");
    assertThat(answers)
        .filteredOn(answer -> !answer.equals("got"))
        .allSatisfy(answer -> assertThat(answer).containsAnyOf("another driver", "taken it over"));
    assertThat(journals.read()).hasSize(1);
  }

  @Test
  void reliesOnNoListing() throws IOException {
    Journals journals = journals("object");
    ObjectStore files = (ObjectStore) FileSystem.get(ObjectStore.ROOT, journals.hadoop);
    try (JournalStore one = journals.claim("host-1")) {
      for (int i = 0; i < 5; i++) {
        one.append(events(1));
        files.unlisted.add(SegmentName.of(i, 1).file());
      }
      files.unlisted.remove(SegmentName.of(0, 1).file());
      files.unlisted.remove(SegmentName.of(2, 1).file());
      files.unlisted.add("lease.1.json");

      assertThat(journals.read()).hasSize(5);
      assertThatThrownBy(() -> journals.claim("host-2"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("ada on host-1");
    } finally {
      files.unlisted.clear();
    }
  }
}
