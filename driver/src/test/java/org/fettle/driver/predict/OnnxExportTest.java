package org.fettle.driver.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fettle.executor.data.Column;
import org.fettle.executor.data.Table;
import org.fettle.executor.model.FettleModel;
import org.fettle.executor.model.ModelFiles;
import org.fettle.executor.model.OnnxExport;
import org.fettle.executor.model.Prediction;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of ONNX, run by ONNX Runtime where a Python has it: {@code FETTLE_PYTHON} or python3. */
class OnnxExportTest {

  private static final String SCORE =
      """
      import sys, onnx, onnxruntime, numpy
      onnx.checker.check_model(onnx.load(sys.argv[1]), full_check=True)
      rows = numpy.loadtxt(sys.argv[2], delimiter=',', ndmin=2)
      session = onnxruntime.InferenceSession(sys.argv[1], providers=['CPUExecutionProvider'])
      outputs = session.run(None, {'features': rows})
      for row in range(len(rows)):
          print(outputs[0][row], *[float(p) for o in outputs[1:] for p in o[row]], sep=',')
      """;

  @TempDir static Path temporary;

  static Stream<Arguments> models() {
    List<Object> layers = new ArrayList<>();
    for (Activation activation : Activation.values()) {
      String word = activation.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
      layers.add(Map.of("type", "dense", "units", 6, "activation", word));
    }
    layers.add(Map.of("type", "layer-normalisation"));
    List<Object> image =
        List.of(
            Map.of("type", "convolution", "filters", 3, "kernel", 3, "stride", 2),
            Map.of("type", "batch-normalisation"),
            Map.of("type", "convolution", "filters", 4, "kernel", 2),
            Map.of("type", "pooling", "pooling", "average", "kernel", 2, "padding", "same"),
            Map.of("type", "global-pooling", "pooling", "max"));
    Table mixed = TrainedModels.classes(TrainedModels.mixed());
    Table images =
        TrainedModels.classes(TrainedModels.numbers(50, 0)).shaped(new Shape.Image(2, 5, 5));
    return Stream.of(
        arguments("linear", mixed, TrainedModels.network("linear", Map.of())),
        arguments(
            "mlp",
            mixed,
            TrainedModels.network(
                "mlp",
                Map.of("hidden", List.of(5, 5), "batch-normalisation", true, "residual", true))),
        arguments(
            "values",
            TrainedModels.values(TrainedModels.mixed()),
            TrainedModels.network("mlp", Map.of("hidden", List.of(5)))),
        arguments(
            "counts",
            TrainedModels.values(TrainedModels.mixed()),
            TrainedModels.network("linear", Map.of(), Map.of("loss", "poisson"))),
        arguments("functions", mixed, TrainedModels.network("layers", Map.of("layers", layers))),
        arguments("convolutional", images, TrainedModels.network("convolutional", Map.of())),
        arguments("windows", images, TrainedModels.network("layers", Map.of("layers", image))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void onnxRuntimePredictsTheSame(String name, Table table, Work.Network network) throws Exception {
    assumeTrue(python().isPresent(), "no Python with onnx and onnxruntime: set FETTLE_PYTHON");
    Path folder = TrainedModels.refit(table, network, temporary.resolve(name));
    Path file = temporary.resolve(name + ".onnx");
    Files.write(file, OnnxExport.of(ModelFiles.local(folder)));
    Path rows = Files.write(temporary.resolve(name + ".csv"), encoded(table));

    List<String> lines = run(python().orElseThrow(), file.toString(), rows.toString());

    try (FettleModel model = FettleModel.load(folder)) {
      List<Prediction> expected = model.predict(TrainedModels.rows(table));
      assertThat(lines).hasSize(table.rows());
      for (int row = 0; row < lines.size(); row++) {
        String[] cells = lines.get(row).split(",");
        Prediction prediction = expected.get(row);
        if (prediction.value().isPresent()) {
          double value = prediction.value().getAsDouble();
          assertThat(Double.parseDouble(cells[0])).isCloseTo(value, within(1e-5 * Math.abs(value)));
          continue;
        }
        assertThat(cells[0]).isEqualTo(prediction.label().orElseThrow());
        int at = 1;
        for (double probability : prediction.probabilities().values()) {
          assertThat(Double.parseDouble(cells[at++])).isCloseTo(probability, within(1e-5));
        }
      }
    }
  }

  /** Rows as the file wants them: numbers, and a one for the category. */
  private static List<String> encoded(Table table) {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      List<String> cells = new ArrayList<>();
      for (Column column : table.columns()) {
        if (column instanceof Column.Numeric numeric) {
          cells.add(Double.toString(numeric.values()[row]));
        } else if (column instanceof Column.Categorical categorical) {
          for (int code = 0; code < categorical.categories().length; code++) {
            cells.add(categorical.codes()[row] == code ? "1" : "0");
          }
        }
      }
      lines.add(String.join(",", cells));
    }
    return lines;
  }

  private static java.util.Optional<String> python() throws Exception {
    String given = System.getenv("FETTLE_PYTHON");
    String python = given == null ? "python3" : given;
    Process process;
    try {
      process =
          new ProcessBuilder(python, "-c", "import onnx, onnxruntime")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException absent) {
      return java.util.Optional.empty();
    }
    return process.waitFor() == 0 ? java.util.Optional.of(python) : java.util.Optional.empty();
  }

  private static List<String> run(String python, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(python, "-c", SCORE));
    command.addAll(List.of(arguments));
    Path errors = temporary.resolve("errors.txt");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as("%s", Files.readString(errors)).isZero();
    return out.lines().toList();
  }

  @Test
  void beginsAsEveryFileOfOnnx() throws IOException {
    Path folder =
        TrainedModels.refit(
            TrainedModels.classes(TrainedModels.mixed()),
            TrainedModels.network("linear", Map.of()),
            temporary.resolve("format"));
    byte[] file = OnnxExport.of(ModelFiles.local(folder));
    // Field 1, version 8 of the representation; field 2, six letters of the producer.
    assertThat(file).startsWith(8, 8, 18, 6, 'f', 'e', 't', 't', 'l', 'e');
    assertThat(new String(file, StandardCharsets.ISO_8859_1))
        .contains("Gemm", "Softmax", "IsNaN", "low", "middle", "high", "probability");
  }

  @Test
  void refusesSequences() throws IOException {
    Table table =
        TrainedModels.classes(TrainedModels.numbers(12, 5)).shaped(new Shape.Sequence(6, 2));
    Path folder =
        TrainedModels.refit(
            table, TrainedModels.network("recurrent", Map.of()), temporary.resolve("sequences"));
    assertThatThrownBy(() -> OnnxExport.of(ModelFiles.local(folder)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Cannot write ONNX: Rows must be of a table or images to be written as ONNX, but were"
                + " sequences; use fettle predict");
  }
}
