package org.fettle.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;

/** A study of a network, from raw data to a model that others load. */
class NetworkStudyTest extends CommandLineFixture {

  private static final String JOB =
      """
      study: corners
      seed: 3
      data: {source: corners.csv, target: side, task: classification}
      model: {template: mlp, hidden: [4]}
      training:
        epochs: {int: [20, 30]}
        batch-size: 8
        updater: {type: adam, learning-rate: {float: [0.01, 0.1], log: true}}
      validation: {folds: 2}
      goal: {maximize: accuracy}
      search: {suggester: random, trials: 2, parallel: 1}
      """;

  private static String data() {
    StringBuilder text = new StringBuilder("x,z,side\n");
    for (int i = 0; i < 24; i++) {
      boolean right = i % 2 == 0;
      text.append("%d,%d,%s\n".formatted((right ? 1000 : 0) + i, i % 5, right ? "right" : "left"));
    }
    return text.toString();
  }

  @Test
  void trainsAndLeavesAModelThatDeeplearning4jLoadsAlone() throws IOException {
    write("corners.csv", data());
    Path job = write("corners.yaml", JOB);
    Path studies = temporary.resolve("studies");

    Ended ended = fettle("run", job, "--output", studies);

    assertThat(ended.status()).as("%s%n%s", ended.out(), ended.err()).isEqualTo(0);
    assertThat(ended.out())
        .contains("2 trials: 2 completed")
        .containsOnlyOnce("Engine java: it is the quickest on CPUs")
        .doesNotContain("No model");
    JsonNode begun = new ObjectMapper().readTree(studies.resolve("corners/study.json").toFile());
    assertThat(begun.at("/provenance/engine/name").asText()).isEqualTo("java");
    assertThat(begun.at("/provenance/engine/reason").asText())
        .isEqualTo("it is the quickest on CPUs");
    assertThat(begun.at("/job/engine/type").asText()).isEqualTo("java");
    Path model = studies.resolve("corners/model");
    assertThat(Files.readString(model.resolve("schema.json")))
        .contains("\"left\"")
        .contains("\"right\"")
        .contains("\"trial\"");

    File file = model.resolve("model.zip").toFile();
    MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(file);
    NormalizerStandardize scaling = ModelSerializer.restoreNormalizerFromFile(file);
    INDArray raw = Nd4j.create(new float[][] {{1005, 2}, {5, 2}});
    scaling.transform(raw);
    INDArray predictions = network.output(raw);
    assertThat(predictions.argMax(1).toIntVector()).containsExactly(1, 0);

    Ended again = fettle("run", job, "--output", temporary.resolve("again"));
    assertThat(again.status()).isEqualTo(0);
    assertThat(best(temporary.resolve("again"))).isEqualTo(best(studies));
  }

  private static String best(Path studies) throws IOException {
    String result = Files.readString(studies.resolve("corners/result.json"));
    return result.substring(result.indexOf("\"best\""));
  }

  @Test
  void stopsEarlyAndRefitsForAsManyEpochs() throws IOException {
    write("corners.csv", data());
    Path job = write("early.yaml", JOB);
    Path studies = temporary.resolve("early");

    Ended ended =
        fettle(
            "run",
            job,
            "--output",
            studies,
            "--set",
            "training.early-stopping={type: holdout, part: 0.25, patience: 2}",
            "--set",
            "training.schedule={type: plateau, watch: validation}",
            "--set",
            "engine=dl4j");

    assertThat(ended.status()).as("%s%n%s", ended.out(), ended.err()).isEqualTo(0);
    assertThat(ended.out()).contains("Engine dl4j: the job names it");
    assertThat(ended.out()).contains("2 trials: 2 completed").doesNotContain("No model");
    assertThat(best(studies)).contains("\"epochs\"").contains("\"best-epoch\"");
    assertThat(studies.resolve("corners/model/model.zip")).isNotEmptyFile();
  }

  @Test
  void trainsWhereThereIsLittleToLearnFrom() throws IOException {
    // A constant column, one without any value, a class of two rows, batches larger than a fold.
    StringBuilder text = new StringBuilder("x,same,none,side\n");
    for (int i = 0; i < 12; i++) {
      text.append("%d,7,,%s\n".formatted(i, i % 2 == 0 ? "right" : "left"));
    }
    text.append("50,7,,rare\n51,7,,rare\n");
    write("corners.csv", text.toString());
    Path job = write("little.yaml", JOB);

    Ended ended =
        fettle(
            "run",
            job,
            "--output",
            temporary.resolve("little"),
            "--set",
            "training.batch-size=1000",
            "--set",
            "training.loss={type: cross-entropy, class-weights: balanced}",
            "--set",
            "validation.stratified=false");

    assertThat(ended.out() + ended.err()).contains("2 trials: 2 completed");
  }

  @Test
  void refusesATargetThatTheLossCannotTakeBeforeAnythingRuns() throws IOException {
    write("corners.csv", "x,y\n1,2\n2,-3\n3,4\n4,5\n");
    Path job =
        write("counts.yaml", JOB.replace("side, task: classification", "y, task: regression"));

    Ended ended =
        fettle("validate", job, "--set", "goal={minimize: mae}", "--set", "training.loss=poisson");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err())
        .contains("Target of row 1 must be at least 0 for poisson, but was -3.0");
  }

  @Test
  void refusesWhatTheEngineCannotTrainWithTheNearestThatItCan() throws IOException {
    write("corners.csv", data());
    Path job = write("attention.yaml", JOB);
    String model = "model={template: attention, width: 8, heads: 2, blocks: 1}";
    Ended ended =
        fettle(
            "validate", job, "--set", "data.shape=[2, 1]", "--set", model, "--set", "engine=dl4j");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err())
        .contains(
            "dl4j cannot train all trials: Deeplearning4j computes a wrong gradient for"
                + " self-attention; the nearest is engine java, or recurrent layers");
  }

  private static String configuration() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new DenseLayer.Builder().name("hidden").nOut(3).activation(Activation.TANH).build())
        .layer(new OutputLayer.Builder().nOut(2).build())
        .setInputType(InputType.feedForward(2))
        .build()
        .toJson();
  }

  @Test
  void beginsWithAConfigurationOfDeeplearning4jAndTunesItsLayers() throws IOException {
    write("corners.csv", data());
    write("conf.json", configuration());
    String model = "{template: dl4j, file: conf.json, layers: {hidden: {units: {int: [4, 9]}}}}";
    Path job = write("file.yaml", JOB.replace("{template: mlp, hidden: [4]}", model));
    Path studies = temporary.resolve("file");

    Ended ended = fettle("run", job, "--output", studies);

    assertThat(ended.status()).as("%s%n%s", ended.out(), ended.err()).isEqualTo(0);
    assertThat(ended.out()).contains("2 trials: 2 completed").contains("layers.hidden.units=");
    JsonNode begun = new ObjectMapper().readTree(studies.resolve("corners/study.json").toFile());
    assertThat(begun.at("/job/model/file").asText()).endsWith("/conf.json").startsWith("file:");
    assertThat(begun.at("/provenance/modelFile/digest").asText()).hasSize(64);
    JsonNode best = new ObjectMapper().readTree(studies.resolve("corners/result.json").toFile());
    File file = studies.resolve("corners/model/model.zip").toFile();
    assertThat(ModelSerializer.restoreMultiLayerNetwork(file).getLayer(0).getParam("b").length())
        .isEqualTo(best.at("/best/assignment/model.layers.hidden.units").asLong());
  }

  @Test
  void choosesAmongTemplates() throws IOException {
    write("corners.csv", data());
    Path job = write("choice.yaml", JOB);
    String model = "model={choice: [{template: linear}, {template: mlp, hidden: [{int: [2, 4]}]}]}";

    Ended ended = fettle("validate", job, "--set", model);

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .contains(
            "model: one of [linear, mlp]",
            "model.mlp.hidden[0]: int from 2 to 4, when model in [mlp]");
  }

  @Test
  void saysWhatOfTheDataIsSeldomMeant() throws IOException {
    write("rare.csv", "a,b,y\n1,7,p\n2,7,q\n3,7,p\n4,7,q\n5,7,p\n6,7,q\n7,7,r\n8,7,p\n");
    Path job = write("rare.yaml", JOB.replace("corners.csv", "rare.csv"));

    Ended ended = fettle("validate", job, "--set", "data.target=y");

    assertThat(ended.out())
        .contains(
            "note: columns that are the same in every row: b",
            "note: classes that some run does not train on: r",
            "note: classes that some run is not judged by: r");
  }

  @Test
  void saysThatAFoldHasNoGroupToHoldOut() throws IOException {
    write("two.csv", "g,a,y\n1,1,p\n1,2,q\n2,3,p\n2,4,q\n1,5,p\n2,6,q\n");
    Path job = write("two.yaml", JOB.replace("corners.csv", "two.csv"));

    Ended ended =
        fettle(
            "validate",
            job,
            "--set",
            "data.target=y",
            "--set",
            "validation={folds: 2, group: g}",
            "--set",
            "training.early-stopping={choice: [{type: none}, {type: holdout}]}");

    assertThat(ended.err())
        .contains(
            "training.early-stopping  must have two groups or more to hold one out, but run 0 of a"
                + " trial trains on one");
  }

  @Test
  void saysWhatIsWrongWithAModelsFile() throws IOException {
    write("corners.csv", data());
    write("conf.json", configuration());
    Path job = write("file.yaml", JOB);
    Ended missing = fettle("validate", job, "--set", "model={template: dl4j, file: none.json}");
    assertThat(missing.err()).contains("model.file  must be a file that exists, but was \"file:");
    Ended other = fettle("validate", job, "--set", "model={template: keras, file: conf.json}");
    assertThat(other.err())
        .contains("conf.json: must be a model of Keras in HDF5, as model.save(\"model.h5\")");
    Ended layer =
        fettle(
            "validate",
            job,
            "--set",
            "model={template: dl4j, file: conf.json, layers: {below: {units: 3}}}");
    assertThat(layer.err()).contains("layers.below must be a layer of the file, which has hidden");
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() throws IOException {
    write("gaps.csv", "x,z,side\n1,2,left\n,3,right\n4,5,left\n6,,right\n");
    Path job = write("gaps.yaml", JOB.replace("corners.csv", "gaps.csv, missing: refuse"));

    Ended ended = fettle("validate", job, "--set", "search.trials=0");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err())
        .contains("3 problems")
        .contains("search.trials")
        .contains("x lacks 1 of 4 values, the first in row 2")
        .contains("z lacks 1 of 4 values, the first in row 4");
  }

  @Test
  void dividesTheRowsAsAskedAndKeepsTheFolds() throws IOException {
    write("corners.csv", data());
    Path job = write("nested.yaml", JOB);
    Path studies = temporary.resolve("nested");
    String validation = "validation={folds: 2, repeats: 3, test: 0.25, metrics: [parameter-count]}";

    Ended valid = fettle("validate", job, "--set", validation);
    assertThat(valid.out())
        .contains(
            "validation: 6 runs a trial; the first trains on 9 rows and is judged by 9; no trial"
                + " sees 6 test rows");

    Ended ended =
        fettle("run", job, "--output", studies, "--set", validation, "--set", "search.trials=1");

    assertThat(ended.status()).as("%s%n%s", ended.out(), ended.err()).isEqualTo(0);
    assertThat(ended.out()).contains("On the test rows, which no trial saw: accuracy ");
    Path study = studies.resolve("corners");
    JsonNode result = new ObjectMapper().readTree(study.resolve("result.json").toFile());
    assertThat(result.at("/best/scores/accuracy/folds")).hasSize(6);
    assertThat(result.at("/best/scores/parameter-count/mean").asInt()).isEqualTo(22);
    assertThat(result.at("/test/scores/accuracy").isNumber()).isTrue();
    assertThat(result.at("/test/confusion")).hasSize(2);
    List<String> folds = Files.readAllLines(study.resolve("folds.csv"));
    assertThat(folds).hasSize(25).startsWith("row,validates");
    assertThat(folds).filteredOn(line -> line.endsWith(",test")).hasSize(6);
    assertThat(folds).filteredOn(line -> line.matches("\\d+,[01] [23] [45]")).hasSize(18);
    JsonNode provenance = new ObjectMapper().readTree(study.resolve("study.json").toFile());
    assertThat(provenance.at("/provenance/folds/digest").asText()).hasSize(64);
  }

  private JsonNode bestOf(String name, String data, String... settings) throws IOException {
    write("corners.csv", data);
    Path job = write(name + ".yaml", JOB);
    List<Object> arguments =
        new ArrayList<>(List.of("run", job, "--output", temporary, "--set", "study=" + name));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    Ended ended = fettle(arguments.toArray());
    assertThat(ended.status()).as("%s%n%s", ended.out(), ended.err()).isEqualTo(0);
    File result = temporary.resolve(name + "/result.json").toFile();
    JsonNode best = new ObjectMapper().readTree(result).path("best");
    best.path("hints").forEach(hint -> assertThat(ended.out()).contains("hint: " + hint.asText()));
    return best;
  }

  @Test
  void saysThatTrainingWasTooShort() throws IOException {
    JsonNode best =
        bestOf(
            "short",
            data(),
            "search.trials=1",
            "training={epochs: 8, updater: {type: adam, learning-rate: 0.003}}");
    assertThat(best.at("/curves")).hasSize(2);
    assertThat(best.at("/curves/0/steps")).hasSize(8);
    assertThat(best.at("/curves/0/validation-loss")).hasSize(8);
    assertThat(best.at("/hints/0").asText()).startsWith("Validation loss still falls");
  }

  @Test
  void saysThatANetworkLearnsNoiseByHeart() throws IOException {
    StringBuilder noise = new StringBuilder("x,z,side\n");
    for (int i = 0; i < 60; i++) {
      // Multiplicative hashing: the bits have nothing to do with each other.
      long bits = (i + 1) * 0x9E3779B97F4A7C15L;
      noise.append(
          "%d,%d,%s\n"
              .formatted(
                  bits >>> 56, (bits >>> 40) & 0xff, (bits >>> 33 & 1) == 0 ? "left" : "right"));
    }
    JsonNode best =
        bestOf(
            "noise",
            noise.toString(),
            "search.trials=1",
            "model.hidden=[64]",
            "training={epochs: 60, batch-size: 8, updater: {type: adam, learning-rate: 0.05}}");
    assertThat(best.at("/hints/0").asText())
        .startsWith("Validation loss rises from epoch ")
        .endsWith("more regularisation, or fewer epochs");
  }

  @Test
  void refusesAMetricThatHasNoValueOnAFold() throws IOException {
    write("corners.csv", data());
    Path job = write("single.yaml", JOB.replace("maximize: accuracy", "maximize: roc-auc"));

    Ended ended = fettle("validate", job, "--set", "validation={folds: 24, stratified: false}");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err())
        .contains("goal  must have a value on every fold, but has none on fold 0, which has 1 row,")
        .contains("but was roc-auc: have fewer folds, or stratified ones");
  }

  @Test
  void refusesMoreFoldsThanRows() throws IOException {
    write("corners.csv", data());
    Path job = write("folds.yaml", JOB);

    Ended ended = fettle("validate", job, "--set", "validation.folds=25");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err())
        .contains("validation.folds  must be at most the number of rows, 24, but was 25");
  }

  @Test
  void showsWhatAValidJobWouldSearch() throws IOException {
    write("corners.csv", data());

    Ended ended = fettle("validate", write("valid.yaml", JOB));

    assertThat(ended.status()).as(ended.err()).isEqualTo(0);
    assertThat(ended.out())
        .contains("Study corners is valid")
        .contains("data: 24 rows, 2 columns, classes [left, right]")
        .contains("training.epochs");
  }
}
