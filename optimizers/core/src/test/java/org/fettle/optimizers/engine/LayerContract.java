package org.fettle.optimizers.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Initialisation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.Layer.Recurrent.Cell;
import org.fettle.optimizers.network.Layer.Recurrent.Direction;
import org.fettle.optimizers.network.Layer.Recurrent.Says;
import org.fettle.optimizers.network.Layers;
import org.fettle.optimizers.network.NetworkDescription;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.NetworkTemplateProvider;
import org.fettle.optimizers.network.Padding;
import org.fettle.optimizers.network.Pooling;
import org.fettle.optimizers.network.Shape;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.optimizers.training.Updater;
import org.fettle.search.settings.Providers;
import org.fettle.search.settings.Settings;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link Engine} must do with every layer; an engine's test extends this. */
public abstract class LayerContract {

  /** Too small to move a 32-bit weight: shows the weights that training began with. */
  private static final Updater STILL = new Updater.Sgd(1e-30, 0);

  private static final Updater ADAM = new Updater.Adam(0.01, 0.9, 0.999, 1e-8);

  private static final Shape IMAGE = new Shape.Image(2, 5, 4);
  private static final Shape SEQUENCE = new Shape.Sequence(5, 4);

  /** The engine to test. */
  protected abstract Engine engine();

  /** The parameters of a model of this engine in the order of {@link NetworkReference}. */
  protected double[] parameters(TrainedModel model) {
    return ModelParameters.of(model);
  }

  /** Whether this engine says of a layer that it cannot train it. */
  protected boolean refuses(Layer layer) {
    return false;
  }

  /** Whether this engine says of a network that it cannot train it. */
  protected boolean refuses(NetworkSpec network) {
    return Layers.any(network.layers(), this::refuses);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void saysWhatItCannotTrainAndWhatComesNearest(NetworkSpec network) {
    TrainingRun run = run(network, examples(network.input(), 7), ADAM, 7, 1);
    List<String> unsupported = engine().unsupported(network, run.spec());
    if (refuses(network)) {
      assertThat(unsupported).isNotEmpty().allMatch(each -> each.contains("; the nearest is "));
      assertThatThrownBy(() -> engine().train(new TrainingJob(List.of(run), 1), RunListener.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(String.join("; ", unsupported));
    } else {
      assertThat(unsupported).isEmpty();
    }
  }

  /** Networks that together have every layer in every form. */
  protected static Stream<Named<NetworkSpec>> networks() {
    Layer dense = new Layer.Dense(4, Activation.TANH);
    return Stream.of(
        network(
            "batch normalisation", new Shape.Features(4), dense, new Layer.BatchNormalisation()),
        network(
            "layer normalisation", new Shape.Features(4), dense, new Layer.LayerNormalisation()),
        network("residual", new Shape.Features(4), dense, new Layer.Residual(List.of(dense))),
        network(
            "residual over the inputs",
            new Shape.Features(4),
            new Layer.Residual(List.of(dense, new Layer.Residual(List.of(dense))))),
        network(
            "convolution",
            IMAGE,
            convolution(3, 1, Padding.SAME),
            convolution(2, 1, Padding.VALID)),
        network(
            "even kernel, same",
            IMAGE,
            convolution(2, 1, Padding.SAME),
            convolution(4, 1, Padding.SAME)),
        network(
            "stride, same",
            IMAGE,
            convolution(3, 1, Padding.SAME),
            convolution(3, 2, Padding.SAME)),
        network(
            "stride, valid",
            IMAGE,
            convolution(1, 1, Padding.VALID),
            convolution(2, 2, Padding.VALID)),
        network(
            "wide stride", IMAGE, convolution(3, 1, Padding.SAME), convolution(1, 3, Padding.SAME)),
        network(
            "wide image",
            new Shape.Image(1, 3, 9),
            convolution(3, 1, Padding.SAME),
            convolution(3, 1, Padding.SAME),
            convolution(1, 2, Padding.SAME)),
        network(
            "max pooling",
            IMAGE,
            convolution(3, 1, Padding.SAME),
            pool(Pooling.MAX, 2, Padding.VALID)),
        network(
            "max pooling of two by two, same",
            new Shape.Image(1, 5, 5),
            convolution(3, 1, Padding.SAME),
            pool(Pooling.MAX, 2, Padding.SAME)),
        network(
            "max pooling, same",
            IMAGE,
            convolution(3, 1, Padding.SAME),
            pool(Pooling.MAX, 3, Padding.SAME)),
        network(
            "average pooling",
            IMAGE,
            convolution(3, 1, Padding.SAME),
            pool(Pooling.AVERAGE, 2, Padding.VALID)),
        network(
            "average pooling, same",
            IMAGE,
            convolution(3, 1, Padding.SAME),
            pool(Pooling.AVERAGE, 3, Padding.SAME)),
        network(
            "batch normalisation of an image",
            IMAGE,
            convolution(3, 1, Padding.SAME),
            new Layer.BatchNormalisation()),
        network(
            "batch normalisation of pixels",
            IMAGE,
            convolution(3, 1, Padding.SAME),
            new Layer.Flatten(),
            new Layer.BatchNormalisation()),
        network(
            "global maximum",
            IMAGE,
            convolution(3, 1, Padding.SAME),
            new Layer.GlobalPool(Pooling.MAX)),
        network(
            "global average",
            IMAGE,
            convolution(3, 1, Padding.SAME),
            new Layer.GlobalPool(Pooling.AVERAGE)),
        network(
            "residual of an image",
            IMAGE,
            convolution(3, 1, Padding.SAME),
            new Layer.Residual(List.of(convolution(3, 1, Padding.SAME)))),
        network("flat image", IMAGE, new Layer.Flatten(), dense),
        network("flat sequence", SEQUENCE, new Layer.Flatten(), dense),
        network("steps side by side", SEQUENCE, dense, new Layer.Flatten(), dense),
        network("last step", SEQUENCE, dense, new Layer.LastStep()),
        network("steps to their maximum", SEQUENCE, dense, new Layer.GlobalPool(Pooling.MAX)),
        network("steps to their average", SEQUENCE, dense, new Layer.GlobalPool(Pooling.AVERAGE)),
        network("LSTM", SEQUENCE, recurrent(Cell.LSTM, Direction.FORWARD, Says.AT_THE_END)),
        network("simple", SEQUENCE, recurrent(Cell.SIMPLE, Direction.FORWARD, Says.AT_THE_END)),
        network("GRU", SEQUENCE, recurrent(Cell.GRU, Direction.FORWARD, Says.AT_THE_END)),
        network(
            "two GRU both ways",
            SEQUENCE,
            recurrent(Cell.GRU, Direction.BIDIRECTIONAL, Says.EVERY_STEP),
            recurrent(Cell.GRU, Direction.BIDIRECTIONAL, Says.AT_THE_END)),
        network(
            "LSTM both ways",
            SEQUENCE,
            recurrent(Cell.LSTM, Direction.BIDIRECTIONAL, Says.AT_THE_END)),
        network(
            "simple both ways",
            SEQUENCE,
            recurrent(Cell.SIMPLE, Direction.BIDIRECTIONAL, Says.AT_THE_END)),
        network(
            "LSTM both ways, all steps",
            SEQUENCE,
            recurrent(Cell.LSTM, Direction.BIDIRECTIONAL, Says.EVERY_STEP),
            new Layer.GlobalPool(Pooling.MAX)),
        network(
            "two LSTM both ways",
            SEQUENCE,
            recurrent(Cell.LSTM, Direction.BIDIRECTIONAL, Says.EVERY_STEP),
            recurrent(Cell.LSTM, Direction.BIDIRECTIONAL, Says.AT_THE_END)),
        network(
            "two simple both ways",
            SEQUENCE,
            recurrent(Cell.SIMPLE, Direction.BIDIRECTIONAL, Says.EVERY_STEP),
            recurrent(Cell.SIMPLE, Direction.FORWARD, Says.EVERY_STEP),
            new Layer.GlobalPool(Pooling.AVERAGE)),
        network(
            "sinusoids",
            SEQUENCE,
            dense,
            new Layer.Positions(Layer.Positions.Kind.SINUSOIDAL),
            dense,
            new Layer.GlobalPool(Pooling.AVERAGE)),
        network(
            "learned positions",
            SEQUENCE,
            new Layer.Positions(Layer.Positions.Kind.LEARNED),
            dense,
            new Layer.GlobalPool(Pooling.AVERAGE)),
        network(
            "self-attention",
            SEQUENCE,
            dense,
            new Layer.SelfAttention(2),
            new Layer.GlobalPool(Pooling.AVERAGE)),
        network(
            "transformer",
            SEQUENCE,
            dense,
            new Layer.Positions(Layer.Positions.Kind.SINUSOIDAL),
            new Layer.Residual(List.of(new Layer.LayerNormalisation(), new Layer.SelfAttention(1))),
            new Layer.Residual(
                List.of(
                    new Layer.LayerNormalisation(), new Layer.Dense(6, Activation.GELU), dense)),
            new Layer.LayerNormalisation(),
            new Layer.GlobalPool(Pooling.AVERAGE)));
  }

  /** A network of the layers, which are flattened where they do not end in features. */
  private static Named<NetworkSpec> network(String name, Shape input, Layer... layers) {
    List<Layer> all = new ArrayList<>(List.of(layers));
    Shape last = input;
    for (Layer layer : layers) {
      last = layer.output(last);
    }
    if (!(last instanceof Shape.Features)) {
      all.add(new Layer.Flatten());
    }
    return named(name, new NetworkSpec(input, all, 3, Initialisation.XAVIER));
  }

  private static Layer convolution(int kernel, int stride, Padding padding) {
    return new Layer.Convolution(2, kernel, stride, padding, Activation.TANH);
  }

  private static Layer pool(Pooling pooling, int kernel, Padding padding) {
    return new Layer.Pool(pooling, kernel, 2, padding);
  }

  private static Layer recurrent(Cell cell, Direction direction, Says says) {
    return new Layer.Recurrent(cell, 3, direction, says);
  }

  /** Rows of random numbers; of sequences, each with another length. */
  protected static Examples examples(Shape shape, int rows) {
    SplittableRandom random = new SplittableRandom(17);
    float[] features = new float[rows * shape.size()];
    float[] targets = new float[rows];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextDouble(-1.5, 1.5);
    }
    for (int row = 0; row < rows; row++) {
      targets[row] = random.nextInt(3);
      if (shape instanceof Shape.Sequence sequence) {
        int length = 1 + row % sequence.steps();
        for (int i = length * sequence.features(); i < sequence.size(); i++) {
          features[row * sequence.size() + i] = Float.NaN;
        }
      }
    }
    return new Examples(new FloatMatrix(rows, shape.size(), features), targets);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void descendsAlongTheGradientThatDifferencesGive(NetworkSpec network) {
    assumeFalse(refuses(network));
    Examples examples = examples(network.input(), 7);
    double rate = 0.5;
    double[] before = parametersAfterAStep(network, examples, STILL);
    double[] after = parametersAfterAStep(network, examples, new Updater.Sgd(rate, 0));
    NetworkReference reference = new NetworkReference(network, examples);
    double[] gradient = reference.gradient(before);
    int learnt = 0;
    for (int i = 0; i < before.length; i++) {
      if (!reference.statistics().get(i)) {
        assertThat((before[i] - after[i]) / rate)
            .as("gradient of parameter %d", i)
            .isCloseTo(gradient[i], within(2e-6));
        learnt++;
      }
    }
    assertThat(learnt).isEqualTo((int) network.parameterCount());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void readsWhatItSavedAndPredictsTheSameBits(NetworkSpec network, @TempDir Path directory)
      throws Exception {
    assumeFalse(refuses(network));
    Examples examples = examples(network.input(), 8);
    TrainingRun run = run(network, examples, ADAM, 3, 2);
    float[] expected;
    try (TrainedModel model = trained(run)) {
      expected = model.predict(examples.features()).values();
      float[] ones = new float[network.inputs()];
      Arrays.fill(ones, 1);
      model.save(directory, Scaling.ofFeatures(new float[network.inputs()], ones));
    }
    ModelReader reader = Providers.named(ModelReader.class, engine().name());
    Map<String, byte[]> files = new HashMap<>();
    for (String name : reader.files()) {
      files.put(name, Files.readAllBytes(directory.resolve(name)));
    }
    NetworkSpec described = NetworkDescription.read(NetworkDescription.of(network));
    assertThat(described.layers()).isEqualTo(network.layers());
    assertThat(described.input()).isEqualTo(network.input());
    try (Predictor read = reader.read(described, run.spec().loss().link(), files)) {
      assertThat(read.predict(examples.features()).values()).containsExactly(expected);
    }
  }

  private double[] parametersAfterAStep(NetworkSpec network, Examples examples, Updater updater) {
    try (TrainedModel model = trained(run(network, examples, updater, examples.rows(), 1))) {
      return parameters(model);
    }
  }

  private static TrainingRun run(
      NetworkSpec network, Examples examples, Updater updater, int batchSize, int epochs) {
    Loss loss = Loss.of(new Task.Classification(3));
    return TrainingRun.of(network, TrainingSpec.of(updater, loss, batchSize, epochs), examples, 11);
  }

  @Test
  void normalisesByTheBatchWhileTrainingAndByRunningMeansWhenPredicting() {
    Examples examples = examples(new Shape.Features(2), 9);
    NetworkSpec network =
        new NetworkSpec(2, List.of(new Layer.BatchNormalisation()), 3, Initialisation.XAVIER);
    int steps = 3;
    try (TrainedModel model = trained(run(network, examples, STILL, 9, steps))) {
      double[] parameters = parameters(model);
      float[] predicted = model.predict(examples.features()).values();
      double[][] weights = new double[3][2];
      for (int i = 0; i < 6; i++) {
        weights[i / 2][i % 2] = parameters[8 + i];
      }
      double left = Math.pow(0.9, steps);
      for (int feature = 0; feature < 2; feature++) {
        int column = feature;
        double[] values =
            IntStream.range(0, 9).mapToDouble(row -> examples.features().at(row, column)).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance =
            Arrays.stream(values).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
        assertThat(parameters[4 + feature]).isCloseTo((1 - left) * mean, within(1e-6));
        assertThat(parameters[6 + feature]).isCloseTo(left + (1 - left) * variance, within(1e-6));
      }
      double[] sums = new double[3];
      for (int unit = 0; unit < 3; unit++) {
        for (int feature = 0; feature < 2; feature++) {
          double normal =
              (examples.features().at(0, feature) - parameters[4 + feature])
                  / Math.sqrt(parameters[6 + feature] + 1e-5);
          sums[unit] += weights[unit][feature] * normal;
        }
      }
      double total = Arrays.stream(sums).map(Math::exp).sum();
      for (int unit = 0; unit < 3; unit++) {
        assertThat((double) predicted[unit]).isCloseTo(Math.exp(sums[unit]) / total, within(1e-6));
      }
    }
  }

  @Test
  void beginsWithOpenForgetGates() {
    Layer lstm = recurrent(Cell.LSTM, Direction.FORWARD, Says.AT_THE_END);
    NetworkSpec network = new NetworkSpec(SEQUENCE, List.of(lstm), 3, Initialisation.XAVIER);
    double[] parameters = parametersAfterAStep(network, examples(SEQUENCE, 3), STILL);
    int biases = 12 * 4 + 12 * 3;
    assertThat(Arrays.copyOfRange(parameters, biases, biases + 12))
        .containsExactly(new double[] {0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0}, within(1e-20));
  }

  static Stream<Named<NetworkSpec>> sequenceNetworks() {
    return networks().filter(network -> network.getPayload().input() instanceof Shape.Sequence);
  }

  @ParameterizedTest
  @MethodSource("sequenceNetworks")
  void takesNothingFromTheStepsThatARowLacks(NetworkSpec network) {
    assumeFalse(refuses(network));
    Examples examples = examples(network.input(), 8);
    try (TrainedModel model = trained(run(network, examples, ADAM, 3, 2))) {
      FloatMatrix together = model.predict(examples.features());
      for (int row = 0; row < 8; row++) {
        FloatMatrix alone = model.predict(examples.features().select(new int[] {row}));
        for (int output = 0; output < 3; output++) {
          assertThat(alone.at(0, output)).isCloseTo(together.at(row, output), within(1e-6f));
        }
      }
    }
  }

  static Stream<Arguments> templates() {
    Map<String, Object> lstm = Map.of("units", 12L);
    Map<String, Object> both = Map.of("cell", "simple", "units", 12L, "bidirectional", true);
    Map<String, Object> gated = Map.of("cell", "gru", "units", 12L);
    Map<String, Object> small = Map.of("width", 16L, "blocks", 1L, "dropout", 0.0);
    Map<String, Object> list =
        Map.of(
            "layers",
            List.of(
                Map.of("type", "convolution", "filters", 8L),
                Map.of(
                    "type",
                    "residual",
                    "layers",
                    List.of(Map.of("type", "convolution", "filters", 8L))),
                Map.of("type", "global-pooling"),
                Map.of("type", "dense", "units", 16L)));
    return Stream.of(
        arguments("mlp", Map.of("hidden", List.of(24L)), IMAGE),
        arguments(
            "mlp",
            Map.of("hidden", List.of(24L, 24L), "batch-normalisation", true, "residual", true),
            IMAGE),
        arguments("convolutional", Map.of("filters", List.of(8L, 8L)), IMAGE),
        arguments(
            "convolutional",
            Map.of(
                "filters",
                List.of(12L),
                "batch-normalisation",
                true,
                "head",
                "average",
                "dense",
                List.of(16L)),
            IMAGE),
        arguments("recurrent", lstm, SEQUENCE),
        arguments("recurrent", both, SEQUENCE),
        arguments("recurrent", gated, SEQUENCE),
        arguments("attention", small, SEQUENCE),
        arguments("layers", list, IMAGE));
  }

  /** Rows of three kinds, which differ in the feature that is largest. */
  private static Examples kinds(Shape shape) {
    Examples random = examples(shape, 30);
    float[] targets = new float[30];
    for (int row = 0; row < 30; row++) {
      for (int kind = 1; kind < 3; kind++) {
        if (random.features().at(row, kind) > random.features().at(row, (int) targets[row])) {
          targets[row] = kind;
        }
      }
    }
    return new Examples(random.features(), targets);
  }

  @ParameterizedTest
  @MethodSource("templates")
  void learnsASmallSetByHeart(String name, Map<String, ?> settings, Shape shape) {
    NetworkTemplateProvider template = Providers.named(NetworkTemplateProvider.class, name);
    Settings checked = Settings.of(template.settings(), settings);
    NetworkSpec network = template.build(checked, shape, new Task.Classification(3));
    assumeFalse(refuses(network));
    Examples examples = kinds(shape);
    try (TrainedModel model = trained(run(network, examples, ADAM, 10, 150))) {
      FloatMatrix predictions = model.predict(examples.features());
      for (int row = 0; row < examples.rows(); row++) {
        assertThat(predictions.at(row, (int) examples.targets()[row])).isGreaterThan(0.5f);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void givesTheSameModelForTheSameSeed(NetworkSpec network) {
    assumeFalse(refuses(network));
    Examples examples = examples(network.input(), 8);
    try (TrainedModel model = trained(run(network, examples, ADAM, 3, 2));
        TrainedModel same = trained(run(network, examples, ADAM, 3, 2))) {
      assertThat(parameters(same)).containsExactly(parameters(model));
    }
  }

  protected final TrainedModel trained(TrainingRun run) {
    RunResult result = engine().train(new TrainingJob(List.of(run), 1), RunListener.NONE).get(0);
    assertThat(result).isInstanceOf(RunResult.Trained.class);
    return ((RunResult.Trained) result).model();
  }
}
