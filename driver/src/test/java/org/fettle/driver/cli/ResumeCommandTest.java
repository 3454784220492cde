package org.fettle.driver.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.fettle.driver.store.Holder;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.JournalStore;
import org.fettle.driver.store.StudyFolder;
import org.fettle.search.study.Trial;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Studies that are cut off, go on, get more trials, or are begun again from what they left. */
class ResumeCommandTest extends CommandLineFixture {

  private static final String DATA =
      "x,y\n" + "0.1,0.2\n0.4,0.9\n0.3,0.5\n0.8,1.5\n0.6,1.3\n0.9,1.7\n0.2,0.3\n0.7,1.5\n";

  private static Path studies;
  private static Path job;

  @BeforeAll
  static void runOnce() throws IOException {
    studies = temporary.resolve("studies");
    job = write("bowl/job.yaml", BOWL);
    assertThat(fettle("run", job, "--output", studies).status()).isEqualTo(0);
  }

  private static StudyFolder folder(Path study) {
    return StudyFolder.at(study.toString(), new Configuration());
  }

  private static List<Trial> trials(Path study) {
    return StoredStudy.at(study.toString()).replay().history().trials();
  }

  /** The first events of the study, in another place, as a killed driver leaves them. */
  private static Path cutOff(String output, int events) {
    Path study = temporary.resolve(output).resolve("bowl");
    folder(study).writeJournal(folder(studies.resolve("bowl")).events().subList(0, events));
    return study;
  }

  @Test
  void resumesAStudyThatWasCutOff() throws IOException {
    Path study = cutOff("resumed", 8);
    assertThat(fettle("show", study).out()).startsWith("Study bowl, running or cut off");

    Ended resumed = fettle("resume", study);

    assertThat(resumed.status()).as(resumed.err()).isEqualTo(0);
    assertThat(resumed.out())
        .contains("Going on with 3 trials, 1 of them unfinished")
        .contains("6 trials: 6 completed");
    assertThat(trials(study)).isEqualTo(trials(studies.resolve("bowl")));
    assertThat(study.resolve("result.json")).exists();
    assertThat(fettle("show", study).out()).startsWith("Study bowl, done");
  }

  @Test
  void theSameCommandGoesOnWithAStudyThatWasCutOff() throws IOException {
    Path study = cutOff("restarted", 5);

    Ended again = fettle("run", job, "--output", study.getParent());

    assertThat(again.status()).as(again.err()).isEqualTo(0);
    assertThat(again.out()).contains("Going on with 2 trials, 1 of them unfinished");
    assertThat(trials(study)).isEqualTo(trials(studies.resolve("bowl")));
  }

  @Test
  void aDriverThatDiedBeforeItsResultsIsFinished() throws IOException {
    Path study = cutOff("unfinished", folder(studies.resolve("bowl")).events().size());

    assertThat(fettle("run", job, "--output", study.getParent()).status()).isEqualTo(0);

    assertThat(study.resolve("result.json")).exists();
    assertThat(fettle("run", job, "--output", study.getParent()).status()).isEqualTo(3);
  }

  @Test
  void takesMoreTrials() throws IOException {
    Path more = temporary.resolve("more");
    assertThat(fettle("run", job, "--output", more).status()).isEqualTo(0);

    Ended extended = fettle("resume", more.resolve("bowl"), "--set", "search.trials=9");

    assertThat(extended.status()).as(extended.err()).isEqualTo(0);
    assertThat(extended.out())
        .contains("changed: search.trials: 6 → 9")
        .contains("9 trials: 9 completed");
    List<Trial> nine = trials(more.resolve("bowl"));
    assertThat(nine.subList(0, 6)).isEqualTo(trials(studies.resolve("bowl")));
    Path whole = temporary.resolve("nine");
    fettle("run", job, "--output", whole, "--set", "search.trials=9");
    assertThat(nine).isEqualTo(trials(whole.resolve("bowl")));

    Ended again = fettle("run", job, "--output", more, "--set", "search.trials=10");
    assertThat(again.out()).contains("Going on with 9 trials, 0 of them unfinished");
    JsonNode result =
        new ObjectMapper().readTree(Files.readString(more.resolve("bowl/result.json")));
    assertThat(result.at("/trials/total").asInt()).isEqualTo(10);
    assertThat(fettle("resume", more.resolve("bowl")).status())
        .as("resuming what is done makes its results again")
        .isEqualTo(0);
  }

  @Test
  void refusesAnotherJobLineByLineAndCreatesNothing() {
    Path study = cutOff("changed", 8);
    List<JournalEvent> before = folder(study).events();

    Ended refused =
        fettle(
            "run",
            job,
            "--output",
            study.getParent(),
            "--set",
            "seed=8",
            "--set",
            "search.trials=7",
            "--set",
            "parameters.x={float: [-2.0, 1.0]}");

    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.err())
        .contains("its job or data are no longer what it began with")
        .contains("\n  seed: 7 → 8\n")
        .contains("  parameters.x.float: [-1.0, 1.0] → [-2.0, 1.0]\n")
        .doesNotContain("search.trials: ")
        .contains("--set study=NAME");
    assertThat(folder(study).events()).isEqualTo(before);
  }

  @Test
  void refusesOtherRowsAndFollowsTheirFile() throws IOException {
    Path data = write("network/data.csv", DATA);
    Path network =
        write(
            "network/job.yaml",
            """
            study: line
            data: {source: data.csv, target: y, task: regression}
            model: {template: linear}
            training: {epochs: 2, l2: {float: [1.0e-4, 1.0e-1], log: true}}
            validation: {folds: 2}
            goal: {minimize: mse}
            search: {suggester: random, trials: 2, parallel: 1}
            """);
    Path lines = temporary.resolve("lines");
    Ended first = fettle("run", network, "--output", lines);
    assertThat(first.status()).as("%s%n%s", first.out(), first.err()).isEqualTo(0);

    Files.writeString(data, DATA.replace("0.4,0.9", "0.4,0.8"));
    Ended refused = fettle("run", network, "--output", lines, "--set", "search.trials=3");
    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.err()).contains("  data.digest: ").contains(" → ");
    Ended other =
        fettle("run", "--from", lines.resolve("line/study.json"), "--output", lines.resolve("b"));
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err()).contains("Cannot repeat the study").contains("data.digest: ");

    Path moved = write("network/moved.csv", DATA);
    Ended followed =
        fettle(
            "resume",
            lines.resolve("line"),
            "--set",
            "search.trials=3",
            "--set",
            "data.source=" + moved);
    assertThat(followed.status()).as(followed.err()).isEqualTo(0);
    assertThat(followed.out()).contains("changed: data.source: ").contains("3 trials: 3 completed");
  }

  @Test
  void repeatsAStudyFromWhatItLeft() {
    Path again = temporary.resolve("again");

    Ended ended = fettle("run", "--from", studies.resolve("bowl/study.json"), "--output", again);

    assertThat(ended.status()).as(ended.err()).isEqualTo(0);
    assertThat(trials(again.resolve("bowl"))).isEqualTo(trials(studies.resolve("bowl")));
    assertThat(fettle("validate", "--from", studies.resolve("bowl")).status()).isEqualTo(0);
    assertThat(fettle("run", "--from", temporary.resolve("none")).status()).isEqualTo(3);
    assertThat(fettle("run", job, "--from", studies).status()).isEqualTo(2);
  }

  @Test
  void learnsFromEarlierStudiesAsTheyWere() throws IOException {
    Path old = cutOff("earlier", folder(studies.resolve("bowl")).events().size());
    Path warm = temporary.resolve("warm");
    Object[] run = {
      "run",
      job,
      "--output",
      warm,
      "--set",
      "search={suggester: tpe, trials: 4, parallel: 1, warm-start: ['" + old + "']}"
    };
    assertThat(fettle(run).status()).isEqualTo(0);
    List<Trial> whole = trials(warm.resolve("bowl"));
    List<JournalEvent> events = folder(warm.resolve("bowl")).events();
    JsonNode study = new ObjectMapper().readTree(Files.readString(warm.resolve("bowl/study.json")));
    assertThat(study.at("/provenance/warmStart/0/trials").asInt()).isEqualTo(6);

    // The earlier study is gone, and its learner is cut off.
    try (JournalStore journal = claim(old)) {
      folder(old).clear(journal);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    Files.delete(warm.resolve("bowl/result.json"));
    try (JournalStore journal = claim(warm.resolve("bowl"))) {
      journal.read();
      Path copy = temporary.resolve("copy");
      Files.move(warm.resolve("bowl/warm-start"), copy);
      folder(warm.resolve("bowl")).clear(journal);
      Files.move(copy, warm.resolve("bowl/warm-start"));
      journal.append(events.subList(0, 5));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }

    Ended resumed = fettle("resume", warm.resolve("bowl"));

    assertThat(resumed.status()).as(resumed.err()).isEqualTo(0);
    assertThat(trials(warm.resolve("bowl"))).isEqualTo(whole);
  }

  private static JournalStore claim(Path study) throws InterruptedException {
    return folder(study).claimJournal(Holder.here("ada", "", 0, Instant.EPOCH), said -> {});
  }

  @Test
  void branchesFromARunningStudy() throws InterruptedException {
    Path study = cutOff("branched", 8);
    try (JournalStore journal = claim(study)) {
      journal.read();
      assertThat(fettle("show", study).out()).startsWith("Study bowl, running, by ada on ");
      String early = "search={suggester: tpe, trials: 2, warm-start: ['" + study + "']}";
      Ended branch = fettle("run", job, "--output", temporary.resolve("branch"), "--set", early);
      assertThat(branch.status()).as(branch.err()).isEqualTo(0);
    }
    assertThat(trials(temporary.resolve("branch/bowl")).get(0).origin()).isEqualTo("warm-start");
  }

  @Test
  void aStudyOfAnotherDriverIsRefused() throws InterruptedException {
    System.setProperty("spark.hadoop.fettle.lease.time", "2s");
    Path study = cutOff("held", 8);
    StudyFolder held = StudyFolder.at(study.toString(), HadoopSettings.ofProcess());
    Holder other = Holder.here("grace", "application_1", 1, Instant.EPOCH);
    try (JournalStore journal = held.claimJournal(other, said -> {})) {
      journal.read();
      for (String command : List.of("run", "overwrite", "resume", "repair")) {
        Ended ended =
            switch (command) {
              case "run" -> fettle("run", job, "--output", study.getParent());
              case "overwrite" -> fettle("run", job, "--output", study.getParent(), "--overwrite");
              case "resume" -> fettle("resume", study);
              default -> fettle("resume", study, "--repair");
            };
        assertThat(ended.status()).as(command).isEqualTo(3);
        assertThat(ended.err())
            .contains("another driver does: grace on ")
            .contains("application application_1 (attempt 1), since 1970-01-01T00:00:00Z");
      }
      assertThat(journal.read()).hasSize(8);
    } finally {
      System.clearProperty("spark.hadoop.fettle.lease.time");
    }
  }

  @Test
  void repairsATornEnd() throws IOException {
    Path study = cutOff("torn", 8);
    Path torn = study.resolve("journal/0000000008.1.jsonl");
    Files.writeString(torn, "{\"segment\":2,\"first\":8,\"ev");
    Ended broken = fettle("resume", study);
    assertThat(broken.status()).isEqualTo(3);
    assertThat(broken.err()).contains("0000000008.1.jsonl, after 8 events").contains("--repair");

    Ended repaired = fettle("resume", study, "--repair");

    assertThat(repaired.status()).as(repaired.err()).isEqualTo(0);
    assertThat(repaired.err()).contains("Put aside: journal/0000000008.1.jsonl");
    assertThat(trials(study)).isEqualTo(trials(studies.resolve("bowl")));
  }

  @Test
  void keepsSecretsToItself() throws IOException {
    Path where = temporary.resolve("secrets");
    System.setProperty("spark.hadoop.fs.s3a.secret.key", "hunter2");
    try {
      Ended ended =
          fettle(
              "run",
              job,
              "--output",
              where,
              "--set",
              "objective=org.fettle.driver.cli.TestObjectives$Blabbing");
      assertThat(ended.status()).isEqualTo(1);
      assertThat(ended.out() + ended.err()).doesNotContain("hunter2");
    } finally {
      System.clearProperty("spark.hadoop.fs.s3a.secret.key");
    }
    try (var files = Files.walk(where)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, ISO_8859_1)).as("%s", file).doesNotContain("hunter2");
      }
    }
    assertThat(Files.readString(where.resolve("bowl/journal/" + onlySegment(where))))
        .contains("***@bucket/x")
        .contains("secret.key=***");
    Ended refused = fettle("run", job, "--output", "s3a://AKIA:hunter2@bucket/studies");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.out() + refused.err())
        .contains("output")
        .contains("must not hold a password")
        .doesNotContain("hunter2");
    Ended setting = fettle("run", job, "--set", "fs.s3a.secret.key=hunter2");
    assertThat(setting.status()).isEqualTo(2);
    assertThat(setting.out() + setting.err()).doesNotContain("hunter2");
  }

  private static String onlySegment(Path studies) throws IOException {
    try (var files = Files.list(studies.resolve("bowl/journal"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("[0-9].*jsonl"))
          .findFirst()
          .orElseThrow();
    }
  }
}
