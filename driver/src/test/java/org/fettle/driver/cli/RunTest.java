package org.fettle.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StudyFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Studies of an objective from the command to the results; later tests look at the first study. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunTest extends CommandLineFixture {

  private static Path studies;
  private static Path job;
  private static Ended first;

  @BeforeAll
  static void runOnce() throws IOException {
    studies = temporary.resolve("studies");
    job = write("bowl/job.yaml", BOWL);
    first = fettle("run", job, "--output", studies);
  }

  private static List<JournalEvent> journal(String study) {
    return StudyFolder.at(studies.resolve(study).toString(), new Configuration()).events();
  }

  private static JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(Files.readString(studies.resolve(file)));
  }

  /** The trials' events without what the clock says. */
  private static List<Object> timeless(String study) {
    return journal(study).stream()
        .<Object>map(
            event -> {
              if (event instanceof JournalEvent.TrialStarted started) {
                return List.of(started.trial(), started.assignment());
              }
              if (event instanceof JournalEvent.FoldEnded fold) {
                return List.of(fold.trial(), fold.fold(), fold.measurement());
              }
              if (event instanceof JournalEvent.TrialEnded ended) {
                return List.of(ended.trial(), ended.outcome());
              }
              return event.getClass();
            })
        .toList();
  }

  @Test
  @Order(1)
  void runsAJobToItsResults() throws IOException {
    assertThat(first.err()).isEmpty();
    assertThat(first.status()).isEqualTo(0);
    assertThat(first.out())
        .contains("Study bowl → file:" + studies + "/bowl")
        .contains("6 trials: 6 completed")
        .contains("Best: trial ")
        .contains("Results: file:" + studies + "/bowl");
    try (var files = Files.list(studies.resolve("bowl"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.startsWith("."))
          .containsExactlyInAnyOrder("study.json", "journal", "result.json", "trials.parquet");
    }
    JsonNode result = json("bowl/result.json");
    assertThat(result.path("status").asText()).isEqualTo("done");
    assertThat(result.at("/trials/completed").asInt()).isEqualTo(6);
    assertThat(result.at("/best/scores/loss/mean").isDouble()).isTrue();
    assertThat(result.at("/best/assignment/parameters.x").isDouble())
        .as("%s", result.path("best"))
        .isTrue();
    assertThat(json("bowl/study.json").at("/job/study").asText()).isEqualTo("bowl");
    assertThat(json("bowl/study.json").at("/provenance/cluster/master").asText())
        .isEqualTo("local[2]");
  }

  @Test
  @Order(2)
  void showsAStudy() {
    Ended shown = fettle("show", studies.resolve("bowl"), "--best", "2");

    assertThat(shown.status()).isEqualTo(0);
    assertThat(shown.out()).startsWith("Study bowl, done\n6 trials: 6 completed");
    assertThat(shown.out().lines().filter(line -> line.contains("kind="))).hasSize(2);
  }

  @Test
  @Order(2)
  void exportsAStudy() throws IOException {
    Ended csv = fettle("export", studies.resolve("bowl"), "--format", "csv");
    assertThat(csv.status()).isEqualTo(0);
    assertThat(csv.out().lines()).hasSize(7);
    assertThat(csv.out()).contains("\"deep, \"\"dark\"\"\"");

    Path file = temporary.resolve("exports/trials.json");
    Ended json = fettle("export", studies.resolve("bowl"), "--format", "json", "--to", file);
    assertThat(json.status()).isEqualTo(0);
    assertThat(json.out()).isEmpty();
    JsonNode trials = new ObjectMapper().readTree(Files.readString(file));
    assertThat(trials).hasSize(6);
    assertThat(trials.get(5).path("number").asInt()).isEqualTo(5);

    Path table = temporary.resolve("exports/trials.parquet");
    Ended parquet = fettle("export", studies.resolve("bowl"), "--format", "parquet", "--to", table);
    assertThat(parquet.status()).isEqualTo(0);
    assertThat(table).isDirectoryContaining("glob:**/_SUCCESS");
  }

  @Test
  @Order(2)
  void learnsFromAnEarlierStudy() throws IOException {
    String earlier = studies.resolve("bowl").toString();
    Ended warm =
        fettle(
            "run",
            job,
            "--output",
            temporary.resolve("warm"),
            "--set",
            "search={suggester: tpe, trials: 3, warm-start: ['" + earlier + "']}");

    assertThat(warm.status()).as(warm.err()).isEqualTo(0);
    JsonNode best = json("bowl/result.json").at("/best/assignment");
    JsonNode trials =
        new ObjectMapper()
            .readTree(fettle("export", temporary.resolve("warm/bowl"), "--format", "json").out());
    assertThat(trials.get(0).path("assignment")).isEqualTo(best);
    assertThat(trials.get(0).path("origin").asText()).isEqualTo("warm-start");
  }

  @Test
  @Order(2)
  void refusesEarlierStudiesThatDoNotHelp() {
    Ended ended =
        fettle(
            "run",
            job,
            "--output",
            temporary.resolve("cold"),
            "--set",
            "goal={minimize: error}",
            "--set",
            "search={warm-start: [nowhere/at-all, '" + studies.resolve("bowl") + "']}");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err())
        .contains("search.warm-start[0]  must be a study's folder, but was nowhere/at-all")
        .contains("search.warm-start[1]  must have a completed trial that measured the goals")
        .contains("none of its 6 trials is one");
    assertThat(temporary.resolve("cold")).doesNotExist();
  }

  @Test
  @Order(3)
  void leavesAnEarlierStudyAloneUnlessTold() throws IOException {
    List<JournalEvent> before = journal("bowl");

    Ended again = fettle("run", job, "--output", studies);

    assertThat(again.status()).isEqualTo(3);
    assertThat(again.err())
        .contains("a study is there already, and it is done")
        .contains("--overwrite")
        .contains("search.trials");
    assertThat(journal("bowl")).isEqualTo(before);

    List<Object> trials = timeless("bowl");
    Ended overwritten = fettle("run", job, "--output", studies, "--overwrite");
    assertThat(overwritten.status()).isEqualTo(0);
    assertThat(journal("bowl")).isNotEqualTo(before);
    assertThat(timeless("bowl")).as("the same job and seed").isEqualTo(trials);
  }

  @Test
  @Order(4)
  void saysThatNoTrialCompleted() throws IOException {
    Ended ended =
        fettle(
            "run",
            job,
            "--output",
            studies,
            "--set",
            "study=broken",
            "--set",
            "objective=org.fettle.driver.cli.TestObjectives$Broken",
            "--set",
            "search.parallel=auto");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out())
        .contains("6 trials: 6 failed")
        .contains("6 × USER_ERROR: ")
        .contains("the sensor is unplugged");
    assertThat(json("broken/result.json").has("best")).isFalse();
  }

  @Test
  @Order(4)
  void saysThatTheOutputCannotBeWritten() throws IOException {
    Path file = write("occupied", "a file");

    Ended ended = fettle("run", job, "--output", file.resolve("studies"));

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.err()).contains("Cannot ").contains("occupied/studies/bowl");
  }
}
