package org.fettle.optimizers.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.dl4j.Dl4jFiles;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.LayerContract;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Initialisation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.optimizers.training.Updater;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class JavaLayersTest extends LayerContract {

  @Override
  protected Engine engine() {
    return new JavaEngine();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void savesNetworksThatDeeplearning4jAlonePredictsWith(
      NetworkSpec network, @TempDir Path directory) throws Exception {
    assertPredictsTheSame(network, directory);
  }

  @ParameterizedTest
  @EnumSource
  void savesEveryFunction(Activation activation, @TempDir Path directory) throws Exception {
    assertPredictsTheSame(
        new NetworkSpec(4, List.of(new Layer.Dense(5, activation)), 3, Initialisation.XAVIER),
        directory);
  }

  private void assertPredictsTheSame(NetworkSpec network, Path directory) throws Exception {
    Examples examples = examples(network.input(), 8);
    Updater updater = new Updater.Adam(0.05, 0.9, 0.999, 1e-8);
    Loss loss = Loss.of(new Task.Classification(3));
    TrainingSpec spec = TrainingSpec.of(updater, loss, 4, 3);
    FloatMatrix expected;
    try (TrainedModel model = trained(TrainingRun.of(network, spec, examples, 1))) {
      expected = model.predict(examples.features());
      float[] ones = new float[network.inputs()];
      Arrays.fill(ones, 1);
      model.save(directory, Scaling.ofFeatures(new float[network.inputs()], ones));
    }
    if (!Dl4jFiles.unsupported(network).isEmpty()) {
      assertThat(directory).isDirectoryNotContaining("glob:**.zip");
      return;
    }
    INDArray predictions = predictAlone(directory.resolve("model.zip"), network, examples);
    assertThat(predictions.ravel().toFloatVector())
        .containsExactly(expected.values(), within(2e-6f));
  }

  private static INDArray predictAlone(Path file, NetworkSpec network, Examples examples)
      throws Exception {
    FloatMatrix features = examples.features();
    float[] values = features.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.isNaN(values[i]) ? 0 : values[i];
    }
    INDArray input = Nd4j.create(values, new long[] {8, features.columns()}, 'c');
    Optional<INDArray> mask = Optional.empty();
    boolean flat = !network.layers().isEmpty() && network.layers().get(0) instanceof Layer.Flatten;
    if (network.input() instanceof Shape.Sequence sequence) {
      float[] there = new float[8 * sequence.steps()];
      for (int row = 0; row < 8; row++) {
        int length = sequence.length(features.values(), row * sequence.size());
        Arrays.fill(there, row * sequence.steps(), row * sequence.steps() + length, 1);
      }
      if (!flat) {
        mask = Optional.of(Nd4j.create(there, new long[] {8, sequence.steps()}, 'c'));
        input = input.reshape(8, sequence.steps(), sequence.features()).permute(0, 2, 1).dup('c');
      }
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      String configuration =
          new String(
              zip.getInputStream(zip.getEntry("configuration.json")).readAllBytes(),
              java.nio.charset.StandardCharsets.UTF_8);
      assertThat(configuration).doesNotContain("fettle");
      if (configuration.contains("\"vertices\"")) {
        ComputationGraph graph = ModelSerializer.restoreComputationGraph(file.toFile());
        mask.ifPresent(each -> graph.setLayerMaskArrays(new INDArray[] {each}, null));
        return graph.output(input)[0];
      }
      MultiLayerNetwork chain = ModelSerializer.restoreMultiLayerNetwork(file.toFile());
      return mask.isPresent()
          ? chain.output(input, false, mask.get(), null)
          : chain.output(input, false);
    }
  }
}
