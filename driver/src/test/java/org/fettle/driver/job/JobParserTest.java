package org.fettle.driver.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobParserTest {

  @TempDir Path folder;

  private ParsedJob read(Path file) {
    return new JobParser(Jobs.catalog()).read(file, List.of());
  }

  @Test
  void sourcesAreRelativeToTheJobFile() throws IOException {
    Path file = Files.writeString(folder.resolve("iris.yaml"), Jobs.SHORTEST);
    assertThat(read(file).data().orElseThrow().source())
        .isEqualTo("file:" + folder.resolve("iris.csv").toAbsolutePath());
  }

  @Test
  void everyProblemIsToldAtOnce() {
    String yaml =
        """
        study: a b
        seed: x
        data: {source: iris.csv, target: species, task: classification}
        model: {template: linear, hidden: [1]}
        training:
          batch-sise: 12
          updater:
            choice:
              - {type: adam, beta1: 2}
              - {type: sgd, momentum: {float: [0.9, 0.1]}}
        goal: {minimize: accuracy}
        seed: 3
        """;
    ParsedJob parsed = Jobs.parse(yaml, "search.trials=0", "a b");
    assertThat(parsed.job()).isEmpty();
    assertThat(parsed.data()).isPresent();
    assertThat(parsed.problems())
        .hasToString(
            """
            job.yaml: 10 problems
              line 1  study  must be a folder name of letters, digits, . _ -, but was a b
              line 2  seed  must be an integer, but was x
              line 4  model.hidden  is not a key of model: known: template
              line 6  training.batch-sise  is not a key of training: did you mean batch-size? \
            (known: epochs, batch-size, updater, schedule, warm-up, clip, l1, l2, weight-decay, max-norm, noise, loss, early-stopping, replicas, averaging-frequency)
              line 9  training.updater.choice[0].beta1  must be a number ≥ 0.0 and < 1.0, but was 2
              line 10  training.updater.choice[1].momentum.float  must be [low, high] with low ≤ \
            high, but was [0.9, 0.1]
              line 11  goal.minimize  must be a metric of which less is better, but was accuracy: \
            write maximize: accuracy
              line 12  seed  must be given once, but is at line 2 too
              --set a b  The argument must be path=value, with a path such as training.epochs or \
            model.hidden[0]
              --set search.trials=0  search.trials  must be an integer from 1 to 1000000, but was 0\
            """);
  }

  @Test
  void anEmptyMapLacksWhatMustBeGiven() {
    assertThat(Jobs.problems("{}"))
        .containsExactly(
            "line 1  study  must be given",
            "line 1  data  must be given",
            "line 1  model  must be given",
            "line 1  goal  must be given");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "#                 | line 1  the file  must hold a job, but is empty",
        "x: [              | line 2  the file  must be YAML: expected the node content, but found"
            + " '<stream end>'",
        "x:\\n\\ty: 1      | line 2  the file  must be YAML: found character '\\t(TAB)' that cannot"
            + " start any token. (Do not use \\t(TAB) for indentation)",
        "x: 'y             | line 2  the file  must be YAML: found unexpected end of stream",
        "x: 1\\n y: 2      | line 2  the file  must be YAML: mapping values are not allowed here",
        "x: *a             | line 1  x  must be written out, but is an alias",
        "? [a]\\n: 1       | line 1  the file  must have texts for keys, but has [a]",
      })
  void whatIsNoYamlIsOneProblem(String yaml, String problem) {
    String text = yaml.replace("\\n", "\n").replace("\\t", "\t") + "\n";
    assertThat(Jobs.problems(text)).containsExactly(problem);
  }

  @Test
  void whatIsNoMapIsOneProblem() {
    assertThat(Jobs.problems("- a"))
        .containsExactly(
            "line 1  the file  must be a map with the keys study, seed, data, model, training,"
                + " engine, placement, validation, objective, parameters, goal, constraints, search, pruning,"
                + " checkpoint, failures, tensorboard, mlflow, listeners, output, but was [a]");
  }

  @Test
  void aJobIsOneDocumentOfPlainValues() {
    assertThat(Jobs.problems(Jobs.SHORTEST + "---\nstudy: other\n"))
        .containsExactly("line 5  the file  must hold one document, but another begins here");
    assertThat(Jobs.problems(Jobs.SHORTEST + "seed: &s 1\noutput: !!str 3\n"))
        .containsExactly(
            "line 5  seed  must not have an anchor",
            "line 6  output  must not have a tag, but has !!str");
  }

  @Test
  void depthIsBounded() {
    assertThat(Jobs.problems("[".repeat(100_000)))
        .containsExactly("line 1  the file  must be YAML: nested more than 50 deep");
  }

  @Test
  void aFileThatCannotBeReadIsAProblem() throws IOException {
    Path none = folder.resolve("none.yaml");
    assertThat(read(none).problems())
        .hasToString("none.yaml: 1 problem\n  Cannot read " + none + ": no such file");
    assertThat(read(folder).problems().list())
        .extracting(Problem::rule)
        .containsExactly("Cannot read " + folder + ": is a folder");
    Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe4});
    assertThat(read(latin).problems().list())
        .extracting(Problem::rule)
        .containsExactly("Cannot read " + latin + ": not UTF-8");
  }

  @Test
  void laterChecksFindTheirLine() {
    Problems problems = Jobs.parse(Jobs.SHORTEST).problems();
    problems.add("data.target", "species", "must be a column of the data", "did you mean kind?");
    problems.add("data.categorical[2]", "x", "must be a column of the data");
    problems.add("search.trials", 7, "must be less");
    problems.add("search.trials", 7, "must be less");
    assertThat(problems)
        .hasToString(
            """
            job.yaml: 3 problems
              line 1  search.trials  must be less, but was 7
              line 2  data.target  must be a column of the data, but was species: did you mean kind?
              line 2  data.categorical[2]  must be a column of the data, but was x\
            """);
  }
}
