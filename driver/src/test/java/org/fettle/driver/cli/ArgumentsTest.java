package org.fettle.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends before there is a study. */
class ArgumentsTest extends CommandLineFixture {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "run",
        "resume",
        "submit",
        "validate",
        "show",
        "describe",
        "export",
        "predict"
      })
  void helpFitsATerminal(String command) {
    Ended help = command.isEmpty() ? fettle("--help") : fettle(command, "--help");

    assertThat(help.status()).isEqualTo(0);
    assertThat(help.out()).startsWith("Usage: fettle " + command);
    assertThat(help.out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(help.err()).isEmpty();
  }

  @Test
  void hasAVersion() {
    assertThat(fettle("--version").out()).startsWith("fettle ");
  }

  @Test
  void refusesWrongArguments() {
    assertThat(fettle().status()).isEqualTo(2);
    assertThat(fettle().err()).startsWith("Command must be one of [run, resume");
    assertThat(fettle("tune").status()).isEqualTo(2);
    assertThat(fettle("tune").err()).contains("tune");
    assertThat(fettle("run", "--colour", "job.yaml").status()).isEqualTo(2);
    assertThat(fettle("run", "--colour", "job.yaml").err()).contains("--colour");
    assertThat(fettle("run").err()).contains("JOB.yaml");
    assertThat(fettle("export", "studies/iris", "--format", "xls").status()).isEqualTo(2);
    assertThat(fettle("export", "studies/iris", "--format", "parquet").status()).isEqualTo(2);
    assertThat(fettle("show", "studies/iris", "--best", "many").status()).isEqualTo(2);
    Ended predict = fettle("predict", "studies/iris");
    assertThat(predict.status()).isEqualTo(2);
    assertThat(predict.err()).contains("--input").contains("--output");
    Ended formless = fettle("predict", "studies/iris", "--input", "new", "--output", "scored");
    assertThat(formless.status()).isEqualTo(2);
    assertThat(formless.err()).contains("--format must be given, as new tells none");
  }

  @Test
  void describesWhatThereIs() {
    assertThat(fettle("describe").out()).contains("random").contains("mlp").contains("dl4j");
    assertThat(fettle("describe", "adam").out()).contains("learning-rate");
    assertThat(fettle("describe", "adma").status()).isEqualTo(2);
    assertThat(fettle("describe", "adma").err()).contains("adam");
  }

  @Test
  void refusesAJobThatIsNotThere() {
    Ended ended = fettle("run", temporary.resolve("none.yaml"));

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err()).contains("Cannot read ").contains("no such file");
  }

  @Test
  void createsNothingForABadJob() throws IOException {
    Path job = write("bad/job.yaml", BOWL.replace("minimize", "minimise") + "colour: red\n");

    Ended ended = fettle("run", job, "--output", temporary.resolve("bad/studies"));

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .contains("job.yaml: 2 problems")
        .contains("did you mean minimize?")
        .contains("colour");
    assertThat(temporary.resolve("bad/studies")).doesNotExist();
  }

  @Test
  void refusesObjectivesThatAreNone() throws IOException {
    Path job = write("objectives/job.yaml", BOWL);

    Ended missing = fettle("run", job, "--set", "objective=org.example.Missing");
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err())
        .contains("objective  must be a class on the class path, but was org.example.Missing")
        .contains("give its jar with --jars");

    Ended unrelated =
        fettle("run", job, "--set", "objective=org.fettle.driver.cli.TestObjectives$Unrelated");
    assertThat(unrelated.status()).isEqualTo(2);
    assertThat(unrelated.err()).contains("must implement org.fettle.executor.run.Objective");
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "resume", "export"})
  void findsNoStudyWhereThereIsNone(String command) {
    Ended ended =
        command.equals("export")
            ? fettle("export", temporary.resolve("nowhere"), "--format", "csv")
            : fettle(command, temporary.resolve("nowhere"));

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.err()).contains("nowhere: there is no study");
    assertThat(ended.err().lines()).hasSize(1);
  }

  @Test
  void saysWhereAJournalIsDamaged() throws IOException {
    Files.createDirectories(temporary.resolve("damaged/journal"));
    write("damaged/journal/00000000.jsonl", "{\n");

    Ended ended = fettle("show", temporary.resolve("damaged"));

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.err()).contains("00000000.jsonl, after 0 events: line 1: Line must be JSON");
  }
}
