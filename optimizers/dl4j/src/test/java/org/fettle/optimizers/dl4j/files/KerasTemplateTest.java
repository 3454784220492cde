package org.fettle.optimizers.dl4j.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.dl4j.Dl4jEngine;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingJob;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.optimizers.training.Updater;
import org.fettle.search.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KerasTemplateTest {

  private static final Task THREE = new Task.Classification(3);

  private final KerasTemplate template = new KerasTemplate();

  private static byte[] file(String name) {
    try (InputStream in = KerasTemplateTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private NetworkSpec network(String name, Map<String, ?> others, Shape input, Task task) {
    Map<String, Object> given = new HashMap<>(others);
    given.put("file", template.read(file(name + ".h5")));
    return template.build(Settings.of(template.settings(), given), input, task);
  }

  private static Shape shape(String sizes) {
    int[] all = Arrays.stream(sizes.split(" ")).mapToInt(Integer::parseInt).toArray();
    return switch (all.length) {
      case 1 -> new Shape.Features(all[0]);
      case 2 -> new Shape.Sequence(all[0], all[1]);
      default -> new Shape.Image(all[0], all[1], all[2]);
    };
  }

  @ParameterizedTest
  @CsvSource({"mlp, 4, 3", "cnn, 2 4 6, 3", "lstm, 5 2, 2", "sum, 4, 3", "functions, 4, 3"})
  void predictsAsKerasBeforeItLearns(String name, String sizes, int classes) {
    Shape input = shape(sizes);
    NetworkSpec network = network(name, Map.of(), input, new Task.Classification(classes));
    String[] lines = new String(file(name + ".csv"), StandardCharsets.UTF_8).split("\n");
    float[][] rows = new float[lines.length][];
    float[] expected = new float[lines.length];
    for (int row = 0; row < lines.length; row++) {
      String[] numbers = lines[row].split(",");
      rows[row] = new float[input.size()];
      for (int i = 0; i < input.size(); i++) {
        rows[row][i] = Float.parseFloat(numbers[i]);
      }
      expected[row] = Float.parseFloat(numbers[numbers.length - 1]);
    }
    Examples examples = new Examples(FloatMatrix.of(rows), new float[lines.length]);
    try (TrainedModel model = untrained(network, examples)) {
      FloatMatrix predictions = model.predict(examples.features());
      for (int row = 0; row < lines.length; row++) {
        assertThat(predictions.at(row, classes - 1)).isCloseTo(expected[row], within(2e-6f));
      }
    }
  }

  /**
   * Trained with a step too small to move a weight, and without running means that a step moves.
   */
  private static TrainedModel untrained(NetworkSpec network, Examples examples) {
    TrainingSpec spec =
        TrainingSpec.of(new Updater.Sgd(1e-30, 0), Loss.of(new Task.Classification(2)), 4, 1);
    TrainingRun run = TrainingRun.of(network, spec, examples, 1);
    RunResult result =
        new Dl4jEngine().train(new TrainingJob(List.of(run), 1), RunListener.NONE).get(0);
    TrainedModel model = ((RunResult.Trained) result).model();
    network
        .first()
        .ifPresent(
            first ->
                ((org.fettle.optimizers.loop.NetworkModel) model)
                    .network()
                    .setParameters(first.values()));
    return model;
  }

  @Test
  void givesLayersOtherSettings() {
    Map<String, Object> layers =
        Map.of(
            "first", Map.of("units", 9L, "activation", "selu", "dropout", 0.1),
            "drop", Map.of("dropout", 0.4));
    NetworkSpec network = network("mlp", Map.of("layers", layers), new Shape.Features(4), THREE);
    assertThat(network.layers())
        .containsExactly(
            new Layer.Dense(9, Activation.SELU),
            new Layer.Dropout(0.1),
            new Layer.BatchNormalisation(),
            new Layer.Dropout(0.4),
            new Layer.Dense(5, Activation.TANH));
    float[] first = network.first().orElseThrow().values();
    // What is behind another number of units begins fresh as well; the output layer does not.
    int inner = 9 * 4 + 9 + 4 * 9 + 5 * 9 + 5;
    for (int i = 0; i < first.length; i++) {
      assertThat(Float.isNaN(first[i])).as("value %d", i).isEqualTo(i < inner);
    }
  }

  @Test
  void beginsFreshWhereThatIsAsked() {
    NetworkSpec network = network("mlp", Map.of("weights", "fresh"), new Shape.Features(4), THREE);
    assertThat(network.first()).isEmpty();
  }

  @Test
  void beginsWithAFreshOutputLayerForOtherClasses() {
    NetworkSpec network =
        network("mlp", Map.of(), new Shape.Features(4), new Task.Classification(5));
    float[] first = network.first().orElseThrow().values();
    assertThat(first[first.length - 1]).isNaN();
    assertThat(first[0]).isNotNaN();
  }

  @Test
  void saysWhichLayerItCannotImport() {
    assertThatThrownBy(() -> network("reshape", Map.of(), new Shape.Features(4), THREE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot import layer turn: Fettle knows no Reshape");
  }

  @Test
  void saysWhatToDoInstead() {
    assertThatThrownBy(() -> network("noise", Map.of(), new Shape.Features(4), THREE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot import layer noisy: Fettle knows no GaussianNoise; the nearest is the job's"
                + " training.noise");
  }

  @Test
  void refusesSettingsThatALayerLacksAndLayersThatTheFileLacks() {
    Shape four = new Shape.Features(4);
    Map<String, Object> units = Map.of("layers", Map.of("drop", Map.of("units", 3L)));
    assertThatThrownBy(() -> network("mlp", units, four, THREE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layers.drop.units must be left out, since the layer is dropout");
    Map<String, Object> other = Map.of("layers", Map.of("third", Map.of("units", 3L)));
    assertThatThrownBy(() -> network("mlp", other, four, THREE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layers.third must be a layer of the file, which has first, normal, drop, second");
  }

  @Test
  void refusesRowsOfAnotherShape() {
    assertThatThrownBy(() -> network("mlp", Map.of(), new Shape.Features(5), THREE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Rows of the file are [null,4], but those of the data are ");
  }

  @Test
  void refusesWhatIsNoModel() {
    assertThatThrownBy(() -> template.read("x,y\n1,2\n".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "must be a model of Keras in HDF5, as model.save(\"model.h5\") writes it, but is none");
  }
}
