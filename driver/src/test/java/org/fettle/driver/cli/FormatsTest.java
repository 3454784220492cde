package org.fettle.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.fettle.driver.report.StudyResult;
import org.fettle.driver.store.Holder;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.JournalStore;
import org.fettle.driver.store.StudyFolder;
import org.fettle.driver.store.StudyStatus;
import org.fettle.driver.study.Replay;
import org.fettle.search.study.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Journals that releases have written, which are kept for ever: of format 1 a study that is done,
 * of format 2 one whose driver was killed twice.
 */
class FormatsTest {

  private static final Path JOURNALS = Path.of("src/test/resources/journals");

  @TempDir Path temporary;

  /** A copy, since to open a journal changes its folder. */
  private StudyFolder copy(int format) throws IOException {
    Path from = JOURNALS.resolve("format-" + format + "/journal");
    Path to = Files.createDirectories(temporary.resolve("study/journal"));
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return StudyFolder.at(temporary.resolve("study").toString(), new Configuration());
  }

  @Test
  void readsAStudyOfFormat1() throws IOException {
    Replay replay = StoredStudy.in(copy(1)).replay();

    ObjectMapper json = new ObjectMapper();
    JsonNode result = json.readTree(JOURNALS.resolve("format-1/result.json").toFile());
    JsonNode best = json.valueToTree(StudyResult.of(replay)).path("best");
    assertThat(best.path("number")).isEqualTo(result.at("/best/number"));
    assertThat(best.path("assignment").toString())
        .isEqualTo(result.at("/best/assignment").toString());
    assertThat(best.at("/scores/accuracy")).isEqualTo(result.at("/best/scores/accuracy"));
    assertThat(replay.status()).isEqualTo(StudyStatus.DONE);
    assertThat(replay.history().size()).isEqualTo(6);
    assertThat(replay.history().trial(0).reports()).hasSize(18);
    assertThat(replay.confusions()).containsKey(0);
    assertThat(replay.worked()).isPositive();
  }

  @Test
  void readsAStudyOfFormat2() throws IOException {
    Replay replay = StoredStudy.in(copy(2)).replay();

    assertThat(replay.status()).isEqualTo(StudyStatus.OPEN);
    assertThat(replay.history().trials())
        .extracting(trial -> trial.state())
        .hasSize(6)
        .containsOnly(TrialState.COMPLETED);
    assertThat(StudyFolder.at(temporary.resolve("study").toString(), new Configuration()).events())
        .filteredOn(JournalEvent.StudyResumed.class::isInstance)
        .singleElement()
        .satisfies(event -> assertThat(((JournalEvent.StudyResumed) event).session()).isEqualTo(2));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3"})
  void goesOnWithAStudyOfEachFormat(int format, int session) throws Exception {
    StudyFolder folder = copy(format);
    List<JournalEvent> before = folder.events();
    JournalEvent end =
        new JournalEvent.StudyEnded(
            Instant.EPOCH, StudyStatus.INTERRUPTED, java.util.Optional.empty());

    Configuration hadoop = new Configuration();
    hadoop.set("fettle.lease.time", "300ms");
    StudyFolder mine = StudyFolder.at(folder.uri(), hadoop);
    try (JournalStore journal =
        mine.claimJournal(Holder.here("ada", "", 0, Instant.EPOCH), said -> {})) {
      assertThat(journal.session()).isEqualTo(session);
      assertThat(journal.read()).isEqualTo(before);
      journal.append(List.of(end));
    }

    assertThat(folder.events())
        .hasSize(before.size() + 1)
        .startsWith(before.toArray(JournalEvent[]::new));
    try (var files = Files.list(temporary.resolve("study/journal"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.matches("[0-9].*"))
          .containsExactly("%010d-%010d.%d.jsonl".formatted(0, before.size() + 1, session));
    }
  }
}
