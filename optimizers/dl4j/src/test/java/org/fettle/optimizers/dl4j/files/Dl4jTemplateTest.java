package org.fettle.optimizers.dl4j.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Padding;
import org.fettle.optimizers.network.Pooling;
import org.fettle.optimizers.network.Shape;
import org.fettle.search.settings.Settings;
import org.junit.jupiter.api.Test;

class Dl4jTemplateTest {

  private static final org.nd4j.linalg.activations.Activation RELU =
      org.nd4j.linalg.activations.Activation.RELU;

  private final Dl4jTemplate template = new Dl4jTemplate();

  private NetworkSpec network(String json, Map<String, ?> others, Shape input) {
    Map<String, Object> given = new HashMap<>(others);
    given.put("file", template.read(json.getBytes(StandardCharsets.UTF_8)));
    return template.build(
        Settings.of(template.settings(), given), input, new Task.Classification(3));
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder().nOut(10).build();
  }

  @Test
  void readsLayersOneBehindTheOther() {
    String json =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(
                new ConvolutionLayer.Builder(3, 3)
                    .name("filters")
                    .nOut(8)
                    .activation(RELU)
                    .convolutionMode(ConvolutionMode.Same)
                    .build())
            .layer(
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                    .kernelSize(2, 2)
                    .stride(2, 2)
                    .build())
            .layer(new BatchNormalization())
            .layer(
                new DenseLayer.Builder()
                    .name("hidden")
                    .nOut(16)
                    .activation(RELU)
                    .dropOut(0.8)
                    .build())
            .layer(output())
            .setInputType(InputType.convolutionalFlat(8, 8, 1))
            .build()
            .toJson();
    Map<String, Object> layers =
        Map.of("hidden", Map.of("units", 32L), "filters", Map.of("kernel", 5L));
    NetworkSpec network = network(json, Map.of("layers", layers), new Shape.Image(1, 8, 8));
    assertThat(network.layers().subList(0, 3))
        .containsExactly(
            new Layer.Convolution(8, 5, 1, Padding.SAME, Activation.RELU),
            new Layer.Pool(Pooling.MAX, 2, 2, Padding.VALID),
            new Layer.BatchNormalisation());
    assertThat(network.layers().subList(4, 6))
        .containsExactly(new Layer.Flatten(), new Layer.Dense(32, Activation.RELU));
    assertThat(((Layer.Dropout) network.layers().get(3)).rate())
        .isCloseTo(0.2, org.assertj.core.api.Assertions.within(1e-12));
    assertThat(network.outputs()).isEqualTo(3);
    assertThat(network.first()).isEmpty();
  }

  @Test
  void readsAGraphWithSums() {
    DenseLayer dense = new DenseLayer.Builder().nOut(4).activation(RELU).build();
    String json =
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("rows")
            .addLayer("below", dense, "rows")
            .addLayer("inner", dense, "below")
            .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "below", "inner")
            .addLayer("out", output(), "sum")
            .setOutputs("out")
            .setInputTypes(InputType.feedForward(4))
            .build()
            .toJson();
    Layer layer = new Layer.Dense(4, Activation.RELU);
    assertThat(network(json, Map.of(), new Shape.Features(4)).layers())
        .containsExactly(layer, new Layer.Residual(List.of(layer)));
  }

  @Test
  void readsRecurrentLayers() {
    LSTM lstm =
        new LSTM.Builder().nOut(6).activation(org.nd4j.linalg.activations.Activation.TANH).build();
    String json =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new Bidirectional(Bidirectional.Mode.CONCAT, lstm))
            .layer(new LastTimeStep(lstm))
            .layer(output())
            .setInputType(InputType.recurrent(2, 5))
            .build()
            .toJson();
    assertThat(network(json, Map.of(), new Shape.Sequence(5, 2)).layers())
        .containsExactly(
            new Layer.Recurrent(
                Layer.Recurrent.Cell.LSTM,
                6,
                Layer.Recurrent.Direction.BIDIRECTIONAL,
                Layer.Recurrent.Says.EVERY_STEP),
            new Layer.Recurrent(
                Layer.Recurrent.Cell.LSTM,
                6,
                Layer.Recurrent.Direction.FORWARD,
                Layer.Recurrent.Says.AT_THE_END));
  }

  @Test
  void saysWhichLayerItCannotImport() {
    String json =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new Deconvolution2D.Builder(2, 2).name("wide").nOut(2).build())
            .layer(output())
            .setInputType(InputType.convolutionalFlat(8, 8, 1))
            .build()
            .toJson();
    assertThatThrownBy(() -> network(json, Map.of(), new Shape.Image(1, 8, 8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot import layer wide: Fettle knows no Deconvolution2D like this");
  }

  @Test
  void refusesWhatIsNoConfiguration() {
    assertThatThrownBy(() -> template.read("{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "must be a MultiLayerConfiguration or ComputationGraphConfiguration");
  }
}
