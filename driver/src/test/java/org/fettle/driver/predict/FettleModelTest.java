package org.fettle.driver.predict;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.fettle.executor.data.Table;
import org.fettle.executor.model.FettleModel;
import org.fettle.executor.model.InvalidRowsException;
import org.fettle.executor.model.Prediction;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A refitted model in a program of one's own. */
class FettleModelTest {

  private static final Work.Network MLP =
      TrainedModels.network(
          "mlp",
          Map.of(
              "hidden",
              List.of(5, 5),
              "dropout",
              0.2,
              "batch-normalisation",
              true,
              "residual",
              true));

  @TempDir static Path temporary;

  static Stream<Arguments> models() {
    Shape image = new Shape.Image(1, 6, 6);
    Shape sequence = new Shape.Sequence(6, 2);
    return Stream.of(
            arguments("classes", TrainedModels.classes(TrainedModels.mixed()), MLP),
            arguments("values", TrainedModels.values(TrainedModels.mixed()), MLP),
            arguments(
                "counts",
                TrainedModels.values(TrainedModels.mixed()),
                TrainedModels.network("linear", Map.of(), Map.of("loss", "poisson"))),
            arguments(
                "images",
                TrainedModels.classes(TrainedModels.numbers(36, 0)),
                image,
                TrainedModels.network("convolutional", Map.of())),
            arguments(
                "sequences",
                TrainedModels.classes(TrainedModels.numbers(12, 5)),
                sequence,
                TrainedModels.network("recurrent", Map.of())),
            arguments(
                "attention",
                TrainedModels.classes(TrainedModels.numbers(12, 5)),
                sequence,
                TrainedModels.network("attention", Map.of())))
        .map(each -> each.get().length == 3 ? each : shaped(each.get()));
  }

  private static Arguments shaped(Object[] model) {
    return arguments(model[0], ((Table) model[1]).shaped((Shape) model[2]), model[3]);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void predictsTheTrainingRowsToTheLastBit(String name, Table table, Work.Network network)
      throws IOException {
    Path folder = TrainedModels.refit(table, network, temporary.resolve(name));
    FloatMatrix expected = TrainedModels.predictions(table, network);
    try (FettleModel model = FettleModel.load(folder)) {
      List<Prediction> predictions = model.predict(TrainedModels.rows(table));
      for (int row = 0; row < table.rows(); row++) {
        Prediction prediction = predictions.get(row);
        if (table.labels().isEmpty()) {
          assertThat(prediction.value()).hasValue(expected.at(row, 0));
        } else {
          double[] probabilities = {expected.at(row, 0), expected.at(row, 1), expected.at(row, 2)};
          assertThat(prediction.probabilities().keySet()).containsExactly("low", "middle", "high");
          assertThat(prediction.probabilities().values().stream().mapToDouble(each -> each))
              .containsExactly(Arrays.stream(probabilities).boxed().toArray(Double[]::new));
          double most = Arrays.stream(probabilities).max().orElseThrow();
          assertThat(prediction.probabilities().get(prediction.label().orElseThrow()))
              .isEqualTo(most);
        }
      }
      // One by one the products round otherwise.
      Prediction alone = model.predict(TrainedModels.rows(table).get(5));
      assertThat(score(alone)).isCloseTo(score(predictions.get(5)), within(1e-4));
    }
  }

  private static double score(Prediction prediction) {
    return prediction
        .value()
        .orElseGet(() -> prediction.probabilities().values().iterator().next());
  }

  private static FettleModel mixed() throws IOException {
    Path folder = temporary.resolve("mixed");
    return Files.exists(folder)
        ? FettleModel.load(folder.toString())
        : FettleModel.load(
            TrainedModels.refit(TrainedModels.classes(TrainedModels.mixed()), MLP, folder)
                .toString());
  }

  private static Map<String, Object> row(Object x, Object same, Object colour) {
    Map<String, Object> row = new HashMap<>();
    row.put("x", x);
    row.put("same", same);
    row.put("colour", colour);
    return row;
  }

  @Test
  void readsCellsAsTrainingDid() throws IOException {
    try (FettleModel model = mixed()) {
      Prediction plain = model.predict(row(1003.5, 0.1, "1"));
      assertThat(model.predict(row("1003.5", 0.1, 1))).isEqualTo(plain);
      assertThat(model.predict(row(" 1003.5 ", 0.1, 1.0))).isEqualTo(plain);
      assertThat(model.predict(row(1003.5, 0.1, "1.0"))).isEqualTo(plain);
      Map<String, Object> more = row(1003.5, 0.1, "1");
      more.put("extra", new Object());
      assertThat(model.predict(more)).isEqualTo(plain);

      Prediction missing = model.predict(row(null, 0.1, null));
      assertThat(missing).isNotEqualTo(plain);
      for (Object mark : List.of("", "NA", "?", " nan ", Double.NaN)) {
        assertThat(model.predict(row(mark, 0.1, mark))).as("%s", mark).isEqualTo(missing);
      }
      assertThat(model.predict(row(null, 0.1, "green")))
          .as("a category that training did not see")
          .isEqualTo(missing);
      assertThat(model.features()).containsExactly("x", "same", "colour");
      assertThat(model.numbers()).containsExactly("x", "same");
      assertThat(model.labels()).containsExactly("low", "middle", "high");
      assertThat(model.predict(Collections.<Map<String, Object>>emptyList())).isEmpty();
    }
  }

  @Test
  void saysAllThatIsWrongAtOnce() throws IOException {
    try (FettleModel model = mixed()) {
      Map<String, Object> misspelt = row(1, 0.1, "1");
      misspelt.remove("colour");
      misspelt.put("Color", "1");
      assertThatThrownBy(
              () -> model.predict(List.of(row("abc", 1e300, List.of()), misspelt, Map.of())))
          .isInstanceOf(InvalidRowsException.class)
          .hasMessageContainingAll(
              "Cannot predict: 7 problems",
              "row 1: x must be a number, but was \"abc\"; leave it null or empty where it is missing",
              "row 1: same must be within ±3.4028235E38, the range of single precision, but was 1.0E300",
              "row 1: colour must be text, a number or true or false, but was a ",
              "row 2: column colour must be there, as in training; did you mean Color?",
              "row 3: column x must be there, as in training");
      List<Map<String, Object>> many = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        many.add(row("abc", 0.1, "1"));
      }
      assertThatThrownBy(() -> model.predict(many))
          .hasMessageContaining("Cannot predict: 30 problems")
          .hasMessageContaining("row 20: x")
          .hasMessageNotContaining("row 21: x")
          .hasMessageEndingWith("and 10 more");
    }
  }

  @Test
  void refusesMissingValuesWhereTheStudyDid() throws IOException {
    Path folder =
        TrainedModels.refit(
            TrainedModels.classes(TrainedModels.mixed()), MLP, temporary.resolve("refuses"));
    Path schema = folder.resolve("schema.json");
    Files.writeString(
        schema, Files.readString(schema).replaceFirst("\\{", "{\"missing\": \"refuse\","));
    try (FettleModel model = FettleModel.load(folder)) {
      assertThat(model.predict(row(1003.5, 0.1, "green")).label()).isPresent();
      assertThatThrownBy(() -> model.predict(row(null, 0.1, "NA")))
          .hasMessageContaining("Cannot predict: 2 problems")
          .hasMessageContaining(
              "row 1: x must have a value, since the study was run with data.missing: refuse")
          .hasMessageContaining("row 1: colour must have a value");
    }
  }

  @Test
  void predictsOnSeveralThreadsAtOnceAndNotOnceClosed() throws Exception {
    FettleModel model = mixed();
    List<Map<String, Object>> rows =
        TrainedModels.rows(TrainedModels.classes(TrainedModels.mixed()));
    List<Prediction> expected = model.predict(rows);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<Prediction>>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        all.add(threads.submit(() -> model.predict(rows)));
      }
      for (Future<List<Prediction>> each : all) {
        assertThat(each.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
    model.close();
    model.close();
    assertThatThrownBy(() -> model.predict(rows))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Model must be open, but was closed");
  }

  @Test
  void refusesWhatIsNoModel() throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("none"));
    assertThatThrownBy(() -> FettleModel.load(folder))
        .hasMessageContaining("Cannot find a model in " + folder);
    assertThatThrownBy(() -> FettleModel.load(folder.toString()))
        .hasMessageContaining("Cannot find a model in " + folder);
    Path schema = folder.resolve("schema.json");
    Files.writeString(schema, "{\"features\": []}");
    assertThatThrownBy(() -> FettleModel.load(folder))
        .hasMessageContaining("schema.json must have a format");
    Files.writeString(schema, "{\"format\": 2}");
    assertThatThrownBy(() -> FettleModel.load(folder))
        .hasMessageContaining("format must be at most 1, but was 2; use the release that wrote it");
    Path broken =
        TrainedModels.refit(
            TrainedModels.classes(TrainedModels.mixed()), MLP, temporary.resolve("broken"));
    Files.write(broken.resolve("weights.bin"), new byte[8]);
    assertThatThrownBy(() -> FettleModel.load(broken))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            "weights.bin must have \\d+ bytes, as there are \\d+ weights, but had 8");
    String text = Files.readString(broken.resolve("schema.json"));
    Files.writeString(broken.resolve("schema.json"), text.replace("\"java\"", "\"abacus\""));
    assertThatThrownBy(() -> FettleModel.load(broken))
        .hasMessageContaining("Model reader must be one of dl4j, java, torch, but was abacus");
  }

  /**
   * A model's folder as format 1 has it, written by 0.1.0 from {@link #mixed()}'s table, and beside
   * it what that model said. Never to be written anew.
   */
  @Test
  void readsWhatEarlierReleasesWrote() throws Exception {
    Path folder = Path.of(requireNonNull(getClass().getResource("model-1")).toURI());
    List<Map<String, Object>> rows =
        TrainedModels.rows(TrainedModels.classes(TrainedModels.mixed()));
    List<String> said = Files.readAllLines(folder.resolve("predictions.csv"));
    try (FettleModel model = FettleModel.load(folder)) {
      assertThat(model.target()).hasValue("size");
      List<Prediction> predictions = model.predict(rows);
      assertThat(said).hasSize(40);
      for (int row = 0; row < 40; row++) {
        int at = 0;
        for (double probability : predictions.get(row).probabilities().values()) {
          assertThat(probability)
              .isCloseTo(Double.parseDouble(said.get(row).split(",")[at++]), within(1e-5));
        }
      }
    }
  }
}
