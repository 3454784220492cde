package org.fettle.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fettle.deploy.Installation.Ended;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the real command does for a person besides running a study to its end. */
@Timeout(300)
class CommandIT {
  private static final String WAITING =
      """
      import java.util.concurrent.CountDownLatch;
      import org.fettle.executor.run.*;
      import org.fettle.search.study.Measurement;

      public final class Waiting implements Objective {
        @Override
        public Measurement evaluate(TrialContext trial) throws InterruptedException {
          if (trial.trial() > 0) {
            new CountDownLatch(1).await();
          }
          return Measurement.of("loss", trial.number("x"));
        }
      }
      """;

  @TempDir Path folder;
  private Installation fettle;

  @BeforeEach
  void install() {
    fettle = new Installation(folder);
  }

  /** A study whose first trial ends, and no other. */
  private ProcessBuilder waiting(String study) throws IOException {
    String job =
        fettle.write(
            "waiting.yaml",
            """
            study: %s
            objective: Waiting
            parameters: { x: { float: [0, 1] } }
            goal: { minimize: loss }
            search: { trials: 5 }
            """
                .formatted(study));
    return fettle.builder(
        Installation.HOME.resolve("bin/fettle"),
        "run",
        job,
        "--master",
        "local[2]",
        "--jars",
        fettle.jar("Waiting", WAITING));
  }

  @Test
  void interruptionEndsAStudyWithAJournalThatCanBeShown() throws Exception {
    Path output = folder.resolve("interrupted.out");
    Process process = waiting("waiting").redirectOutput(output.toFile()).start();
    BufferedReader errors = process.errorReader(UTF_8);
    Installation.await(errors, "[1/5] trial 0");

    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

    assertThat(errors.lines()).isEmpty();
    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(Files.readString(output)).contains("Interrupted. ", "1 completed", "fettle show ");
    Ended shown = fettle.run("show", "studies/waiting").mustBe(0);
    assertThat(shown.output()).contains("1 completed");
    assertThat(shown.errors()).isEmpty();
  }

  @Test
  void startsFromAnArchiveOfClassesOnceThereIsOne() throws Exception {
    Path archive = Installation.HOME.resolve("lib/fettle.jsa");
    try {
      fettle.run("prepare").mustBe(0);

      Path output = folder.resolve("archived.out");
      Process process = waiting("archived").redirectOutput(output.toFile()).start();
      BufferedReader errors = process.errorReader(UTF_8);
      Installation.await(errors, "[1/5] trial 0");
      assertThat(Files.readString(Path.of("/proc/" + process.pid() + "/maps")))
          .contains(archive.toRealPath().toString());
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertThat(errors.lines()).isEmpty();
      assertThat(process.waitFor()).isEqualTo(130);
      assertThat(Files.readString(output)).startsWith("Study archived").contains("1 completed");
    } finally {
      Files.deleteIfExists(archive);
    }
  }

  @Test
  void aBadJobCreatesNothing() throws Exception {
    String job = fettle.write("bad.yaml", "study: bad\ngoal: { minimise: loss }\nserch: {}\n");

    Ended ended = fettle.run("run", job, "--output", "studies").mustBe(2);

    assertThat(ended.errors()).contains("serch", "minimise").doesNotContain("\tat ");
    assertThat(ended.output()).isEmpty();
    assertThat(folder.resolve("studies")).doesNotExist();
  }

  @Test
  void describesWithoutSpark() throws Exception {
    Ended ended = fettle.run("describe").mustBe(0);

    assertThat(ended.output()).contains("search", "suggester");
    assertThat(ended.errors()).isEmpty();
  }
}
