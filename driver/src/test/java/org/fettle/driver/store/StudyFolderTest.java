package org.fettle.driver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudyFolderTest {

  @TempDir private Path temporary;

  private Path local;
  private StudyFolder folder;

  @BeforeEach
  void setUp() {
    local = temporary.resolve("studies/iris");
    folder = StudyFolder.at(local.toString(), new Configuration());
  }

  @Test
  void touchesNothingUntilSomethingIsWritten() {
    assertThat(folder.holdsStudy()).isFalse();
    assertThat(folder.exists(StudyFolder.RESULT)).isFalse();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void hasUris() {
    assertThat(folder.uri()).isEqualTo("file:" + local);
    assertThat(folder.uri("model")).isEqualTo("file:" + local + "/model");
  }

  private JournalStore claim() {
    try {
      return folder.claimJournal(Journals.holder("here", "", 0), said -> {});
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<JournalEvent> begin() {
    return List.of(new JournalEvent.StudyCreated(Instant.EPOCH, 2, Map.of(), Map.of()));
  }

  @Test
  void holdsAStudyOnceItsJournalHasABeginning() {
    try (JournalStore journal = claim()) {
      assertThat(folder.holdsStudy()).isFalse();
      journal.append(begin());
    }

    assertThat(folder.holdsStudy()).isTrue();
    assertThat(folder.events()).isEqualTo(begin());
  }

  @Test
  void tellsWhoHasTheStudy() {
    assertThat(folder.presence()).isEmpty();
    try (JournalStore journal = claim()) {
      journal.append(begin());
      Presence presence = folder.presence().orElseThrow();
      assertThat(presence.driver())
          .isEqualTo("ada on here, process 4711, since 1970-01-01T00:00:00Z");
      assertThat(presence.seemsAlive(Instant.now())).isTrue();
      assertThat(presence.seemsAlive(Instant.now().plusSeconds(600))).isFalse();
    }
    assertThat(folder.presence().orElseThrow().seemsAlive(Instant.now())).isFalse();
  }

  @Test
  void writesAJournalInOnePiece() {
    StudyFolder below = folder.below("warm-start/0");
    List<JournalEvent> events = new RandomEvents(4).draw(20);

    below.writeJournal(events);

    assertThat(below.events()).isEqualTo(events);
    assertThat(StudyFolder.digest(events)).isEqualTo(StudyFolder.digest(below.events()));
  }

  @Test
  void refusesPasswordsAndDoesNotRepeatThem() {
    assertThatThrownBy(
            () -> StudyFolder.at("s3a://AKIA:hunter2@bucket/studies", new Configuration()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Cannot reach s3a://AKIA:***@bucket/studies")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void opensNoStudyThatIsNotThere() {
    assertThatThrownBy(folder::events)
        .isInstanceOf(StoreException.class)
        .hasMessage("Cannot open file:" + local + ": there is no study");
  }

  @Test
  void readsBackPlainDataInItsOrder() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("zeta", 1);
    data.put("alpha", List.of("Größe", 0.1));

    folder.writeJson(StudyFolder.RESULT, data);
    folder.writeJson(StudyFolder.RESULT, data);

    assertThat(folder.readJson(StudyFolder.RESULT)).isEqualTo(data);
    assertThat(folder.readJson(StudyFolder.RESULT).keySet()).containsExactly("zeta", "alpha");
    assertThat(local).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void writesFilesBelow() {
    folder.write("model/deep/weights.bin", "abc".getBytes(StandardCharsets.UTF_8));

    assertThat(local.resolve("model/deep/weights.bin")).hasContent("abc");
  }

  @Test
  void clearsOnlyWhatFettleWritesAndKeepsWhoHadIt() throws IOException {
    try (JournalStore journal = claim()) {
      journal.append(begin());
    }
    folder.writeJson(StudyFolder.STUDY, Map.of());
    folder.writeJson(StudyFolder.RESULT, Map.of());
    folder.write(StudyFolder.MODEL + "/model.zip", new byte[1]);
    folder.write(StudyFolder.TRIALS + "/part-0.parquet", new byte[1]);
    Files.writeString(local.resolve("notes.txt"), "mine");

    try (JournalStore journal = claim()) {
      assertThat(journal.session()).isEqualTo(2);
      folder.clear(journal);
      folder.clear(journal);

      assertThat(folder.holdsStudy()).isFalse();
      try (var left = Files.list(local)) {
        assertThat(left)
            .containsExactlyInAnyOrder(local.resolve("notes.txt"), local.resolve("journal"));
      }
      journal.append(begin());
    }
    assertThat(folder.events()).isEqualTo(begin());
  }

  @Test
  void saysWhichFileCannotBeRead() throws IOException {
    Files.createDirectories(local);
    Files.writeString(local.resolve("result.json"), "{");

    assertThatThrownBy(() -> folder.readJson(StudyFolder.RESULT))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Cannot read file:" + local + "/result.json: ");
    assertThatThrownBy(() -> folder.readJson(StudyFolder.STUDY))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("study.json");
  }

  @Test
  void saysWhatCannotBeWritten() throws IOException {
    Files.writeString(temporary.resolve("studies"), "a file");

    assertThatThrownBy(() -> folder.writeJson(StudyFolder.STUDY, Map.of()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Cannot write file:" + local + "/study.json: ");
    assertThatThrownBy(this::claim)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Cannot open journal file:" + local);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gopher://host/studies", ""})
  void saysWhatCannotBeReached(String uri) {
    assertThatThrownBy(() -> StudyFolder.at(uri, new Configuration()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Cannot reach " + uri);
  }
}
