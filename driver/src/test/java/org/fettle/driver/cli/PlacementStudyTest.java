package org.fettle.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Studies whose runs are trained by several tasks, on Spark. */
class PlacementStudyTest extends CommandLineFixture {

  private static final String JOB =
      """
      study: spread
      seed: 3
      data: {source: sides.csv, target: side, task: classification}
      model: {template: mlp, hidden: [4], dropout: {float: [0, 0.2]}}
      training:
        epochs: 3
        batch-size: 8
        early-stopping: {type: holdout, part: 0.2, patience: 3}
        updater: {type: adamw, learning-rate: 0.05}
        schedule: {type: plateau, patience: 1}
      placement: {type: cluster, workers: %s, every: 2}
      validation: {folds: 2, test: 0.2}
      goal: {maximize: accuracy}
      search: {suggester: random, trials: 2}
      """;

  private static Path job(String workers) throws IOException {
    StringBuilder text = new StringBuilder("x,word,side\n");
    for (int i = 0; i < 120; i++) {
      boolean right = i % 2 == 0;
      text.append(
          "%d,%s,%s\n".formatted((right ? 500 : 0) + i, "w" + i % 3, right ? "right" : "left"));
    }
    write("sides.csv", text.toString());
    return write("spread.yaml", JOB.formatted(workers));
  }

  @Test
  void aStudyIsScoredPrunedAndLeavesAModel() throws IOException {
    Path job = job("2");
    Path studies = temporary.resolve("studies");

    Ended ended = fettle("run", job, "--output", studies, "--set", "pruning.pruner=halving");

    assertThat(ended.status()).as("%s", ended.err()).isZero();
    assertThat(ended.out())
        .contains(
            "Engine dl4j: it trains a run on several executors",
            "2 trials: ",
            "On the test rows, which no trial saw: ");
    String result = Files.readString(studies.resolve("spread/result.json"));
    assertThat(result).contains("\"best-epoch\"", "\"validation-loss\"");
    Path scored = temporary.resolve("scored.csv");
    Ended predicted =
        fettle(
            "predict",
            studies.resolve("spread"),
            "--input",
            temporary.resolve("sides.csv"),
            "--output",
            scored);
    assertThat(predicted.status()).as("%s", predicted.err()).isZero();
    assertThat(scored).exists();
  }

  /** Two gangs and two slots: the second waits for both. */
  @Test
  void workersThatTakeEachStepTogetherComeToTheSameEveryTime() throws IOException {
    Path job = job("2");

    for (String output : new String[] {"together", "again"}) {
      Ended ended =
          fettle(
              "run",
              job,
              "--output",
              temporary.resolve(output),
              "--set",
              "placement.exchange=gradients",
              "--set",
              "training.clip={type: norm, at: 1}",
              "--set",
              "search.parallel=2");

      assertThat(ended.status()).as("%s", ended.err()).isZero();
      assertThat(ended.out())
          .contains("Engine torch: it trains a run on several executors", "2 trials: 2 completed");
    }

    assertThat(scores("together")).isNotEmpty().isEqualTo(scores("again"));
    Ended predicted =
        fettle(
            "predict",
            temporary.resolve("together/spread"),
            "--input",
            temporary.resolve("sides.csv"),
            "--output",
            temporary.resolve("scored-together.csv"));
    assertThat(predicted.status()).as("%s", predicted.err()).isZero();
    assertThat(temporary.resolve("scored-together.csv")).exists();
  }

  private static String scores(String output) throws IOException {
    StringBuilder scores = new StringBuilder();
    String result = Files.readString(temporary.resolve(output).resolve("spread/result.json"));
    Matcher matcher =
        Pattern.compile("\"(accuracy|log-loss|validation-loss)\" ?: ?[^,}]*").matcher(result);
    while (matcher.find()) {
      scores.append(matcher.group()).append("\n");
    }
    return scores.toString();
  }

  @Test
  void runsOfOneWorkerEachGoSideBySide() throws IOException {
    Ended ended = fettle("run", job("1"), "--output", temporary.resolve("beside"));

    assertThat(ended.status()).as("%s", ended.err()).isZero();
    assertThat(ended.out()).contains("2 trials: 2 completed");
  }

  @Test
  void saysWhatCannotBeTrainedSoAndWhatComesNearest() throws IOException {
    Path job = job("2");

    Ended other = fettle("validate", job, "--set", "engine=java");
    assertThat(other.status()).isEqualTo(Exit.INVALID);
    assertThat(other.err())
        .contains("java cannot train all trials: it trains within one executor; the nearest");

    Ended gradients =
        fettle("validate", job, "--set", "placement.exchange=gradients", "--set", "engine=dl4j");
    assertThat(gradients.status()).isEqualTo(Exit.INVALID);
    assertThat(gradients.err()).contains("the nearest are engine torch, or exchange: averaging");

    Ended torch = fettle("validate", job, "--set", "engine=torch", "--set", "training.replicas=2");
    assertThat(torch.status()).isEqualTo(Exit.INVALID);
    assertThat(torch.err())
        .contains(
            "the nearest are exchange: gradients, or engine dl4j",
            "the nearest is workers of placement");

    Ended many = fettle("validate", job("3"), "--set", "placement.exchange=gradients");
    assertThat(many.status()).isEqualTo(Exit.INVALID);
    assertThat(many.err())
        .contains(
            "placement.workers",
            "must be at most the 2 slots of master local[2], as workers of exchange: gradients");

    String vectors = Files.readString(job).replace("target: side, ", "format: libsvm, ");
    Ended libsvm = fettle("validate", write("vectors.yaml", vectors));
    assertThat(libsvm.status()).isEqualTo(Exit.INVALID);
    assertThat(libsvm.err()).contains("must be csv or parquet beside placement: cluster");
  }
}
