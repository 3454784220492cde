package org.fettle.optimizers.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.Layer.Recurrent.Cell;
import org.fettle.optimizers.network.Layer.Recurrent.Says;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;
import org.fettle.optimizers.training.Loss;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** A network in Deeplearning4j's terms: its layers and vertices, with their parameters. */
final class Translation {

  static final String OUTPUT = "output";

  private static final String INPUT = "input";

  /** A layer or a vertex of a graph. */
  record Piece(
      String name,
      Optional<org.deeplearning4j.nn.conf.layers.Layer> layer,
      Optional<GraphVertex> vertex,
      List<String> inputs,
      Map<String, INDArray> parameters) {}

  private final NetworkSpec network;
  private final Parameters parameters;
  private final Iterator<Block> blocks;
  private final List<Piece> pieces = new ArrayList<>();
  private final boolean flatInput;
  private String last = INPUT;

  Translation(NetworkSpec network, Loss loss, Parameters parameters) {
    this.network = network;
    this.parameters = parameters;
    this.blocks = parameters.blocks().iterator();
    this.flatInput =
        !network.layers().isEmpty() && network.layers().get(0) instanceof Layer.Flatten;
    chain(network.layers(), network.input());
    add(OUTPUT, output(network.outputs(), loss), dense());
  }

  List<Piece> pieces() {
    return pieces;
  }

  boolean isChain() {
    return pieces.stream().allMatch(piece -> piece.layer().isPresent());
  }

  InputType inputType() {
    if (flatInput) {
      return InputType.feedForward(network.inputs());
    }
    if (network.input() instanceof Shape.Image image) {
      return InputType.convolutionalFlat(image.height(), image.width(), image.channels());
    }
    if (network.input() instanceof Shape.Sequence sequence) {
      return InputType.recurrent(sequence.features(), sequence.steps());
    }
    return InputType.feedForward(network.inputs());
  }

  private static OutputLayer output(int outputs, Loss loss) {
    boolean classes = loss.link() == Loss.Link.SOFTMAX;
    return new OutputLayer.Builder(classes ? new LossMCXENT() : new LossMSE())
        .nOut(outputs)
        .activation(classes ? new ActivationSoftmax() : new ActivationIdentity())
        .build();
  }

  private void chain(List<Layer> layers, Shape input) {
    Shape shape = input;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      boolean beforeDense = i + 1 == layers.size() || layers.get(i + 1) instanceof Layer.Dense;
      if (layer instanceof Layer.Flatten) {
        flatten(shape, beforeDense);
      } else {
        add(layer, shape);
      }
      shape = layer.output(shape);
    }
  }

  private void add(Layer layer, Shape input) {
    if (layer instanceof Layer.Residual residual) {
      String before = last;
      chain(residual.layers(), input);
      vertex(new ElementWiseVertex(ElementWiseVertex.Op.Add), before, last);
    } else if (layer instanceof Layer.Recurrent recurrent
        && recurrent.readings() == 2
        && recurrent.says() == Says.EVERY_STEP) {
      bothWays(recurrent);
    } else if (layer instanceof Layer.Positions positions) {
      positions(positions, (Shape.Sequence) input);
    } else if (layer instanceof Layer.LastStep) {
      vertex(new LastTimeStepVertex(INPUT), last);
    } else if (layer instanceof Layer.Dropout dropout && dropout.rate() == 0) {
      return; // Deeplearning4j has no dropout of nothing.
    } else {
      add(name(), StandardLayers.of(layer, input), parameters(layer));
      if (input instanceof Shape.Sequence
          && (layer instanceof Layer.Dense || layer instanceof Layer.LayerNormalisation)) {
        steps();
      }
    }
  }

  /**
   * Deeplearning4j's own bidirectional layer does not mask an LSTM that gives all steps: its way
   * back would begin in what a row lacks.
   */
  private void bothWays(Layer.Recurrent layer) {
    String before = last;
    add(name(), StandardLayers.cell(layer), reading("", layer.cell()));
    String forth = last;
    vertex(new ReverseTimeSeriesVertex(INPUT), before);
    add(name(), StandardLayers.cell(layer), reading("", layer.cell()));
    vertex(new ReverseTimeSeriesVertex(INPUT), last);
    vertex(new MergeVertex(), forth, last);
  }

  /** Dense layers turn steps into rows; this turns them back. */
  private void steps() {
    vertex(new PreprocessorVertex(new FeedForwardToRnnPreProcessor()), last);
  }

  /** Dense layers flatten images by themselves, and inputs that are flattened first come flat. */
  private void flatten(Shape input, boolean beforeDense) {
    if (input instanceof Shape.Image image && !beforeDense && !pieces.isEmpty()) {
      vertex(
          new PreprocessorVertex(
              new CnnToFeedForwardPreProcessor(image.height(), image.width(), image.channels())),
          last);
    }
  }

  /**
   * A simple recurrent layer with fixed weights counts the steps, the first so many of its units
   * being 1; a dense layer makes the vectors of the places of that.
   */
  private void positions(Layer.Positions layer, Shape.Sequence sequence) {
    float[] added =
        layer.kind() == Layer.Positions.Kind.LEARNED
            ? values(blocks.next())
            : PositionsNode.sinusoids(sequence);
    int steps = sequence.steps();
    int width = sequence.features();
    float[] shift = new float[steps * steps];
    for (int step = 1; step < steps; step++) {
      shift[(step - 1) * steps + step] = 1;
    }
    float[] differences = added.clone();
    for (int i = width; i < differences.length; i++) {
      differences[i] = added[i] - added[i - width];
    }
    float[] first = new float[steps];
    first[0] = 1;
    String before = last;
    add(
        name(),
        StandardLayers.simple(steps, new ActivationIdentity()),
        Map.of(
            "W", Nd4j.zeros(width, steps),
            "RW", Nd4j.create(shift, new long[] {steps, steps}, 'c'),
            "b", row(first)));
    add(
        name(),
        StandardLayers.of(new Layer.Dense(width, Activation.IDENTITY), sequence),
        Map.of(
            "W", Nd4j.create(differences, new long[] {steps, width}, 'c'),
            "b", Nd4j.zeros(1, width)));
    steps();
    vertex(new ElementWiseVertex(ElementWiseVertex.Op.Add), before, last);
  }

  /** The parameters of a layer, by Deeplearning4j's names; takes them in the order of claims. */
  private Map<String, INDArray> parameters(Layer layer) {
    if (layer instanceof Layer.Dense) {
      return dense();
    }
    Map<String, INDArray> named = new LinkedHashMap<>();
    if (layer instanceof Layer.Convolution convolution) {
      Block weights = blocks.next();
      int kernel = convolution.kernel();
      long channels = weights.perUnit() / ((long) kernel * kernel);
      named.put("W", matrix(weights).reshape('c', weights.units(), channels, kernel, kernel));
      named.put("b", row(values(blocks.next())));
    } else if (layer instanceof Layer.BatchNormalisation) {
      for (String name : List.of("gamma", "beta", "mean", "var")) {
        named.put(name, row(values(blocks.next())));
      }
    } else if (layer instanceof Layer.LayerNormalisation) {
      Block scales = blocks.next();
      named.put("W", Nd4j.eye(scales.units()));
      named.put("g", row(values(scales)));
      named.put("b", row(values(blocks.next())));
    } else if (layer instanceof Layer.SelfAttention attention) {
      attention(attention, named);
    } else if (layer instanceof Layer.Recurrent recurrent) {
      for (String prefix : recurrent.readings() == 1 ? List.of("") : List.of("f", "b")) {
        named.putAll(reading(prefix, recurrent.cell()));
      }
    }
    return named;
  }

  private void attention(Layer.SelfAttention attention, Map<String, INDArray> named) {
    Block projections = blocks.next();
    int width = projections.perUnit();
    float[] all = values(projections);
    List<String> names = List.of("Wq", "Wk", "Wv");
    for (int i = 0; i < names.size(); i++) {
      float[] part = Arrays.copyOfRange(all, i * width * width, (i + 1) * width * width);
      long[] shape = {attention.heads(), width / attention.heads(), width};
      named.put(names.get(i), Nd4j.create(part, shape, 'c'));
    }
    named.put("Wo", matrix(blocks.next()).transpose());
  }

  private Map<String, INDArray> reading(String prefix, Cell cell) {
    Map<String, INDArray> named = new LinkedHashMap<>();
    named.put(prefix + "W", matrix(blocks.next()).transpose());
    named.put(prefix + "RW", matrix(blocks.next()).transpose());
    named.put(prefix + "b", row(biases(cell)));
    return named;
  }

  private float[] biases(Cell cell) {
    float[] first = values(blocks.next());
    if (cell != Cell.LSTM) {
      return first;
    }
    float[] all = Arrays.copyOf(first, 4 * first.length);
    System.arraycopy(values(blocks.next()), 0, all, first.length, first.length);
    System.arraycopy(values(blocks.next()), 0, all, 2 * first.length, 2 * first.length);
    return all;
  }

  private Map<String, INDArray> dense() {
    Map<String, INDArray> named = new LinkedHashMap<>();
    named.put("W", matrix(blocks.next()).transpose());
    named.put("b", row(values(blocks.next())));
    return named;
  }

  /** The weights of each unit in a row of their own. */
  private INDArray matrix(Block block) {
    return Nd4j.create(values(block), new long[] {block.units(), block.perUnit()}, 'c');
  }

  private float[] values(Block block) {
    return Arrays.copyOfRange(parameters.values(), block.offset(), block.offset() + block.length());
  }

  private static INDArray row(float[] values) {
    return Nd4j.create(values, new long[] {1, values.length}, 'c');
  }

  private String name() {
    return "layer-" + (pieces.size() + 1);
  }

  private void add(
      String name, org.deeplearning4j.nn.conf.layers.Layer layer, Map<String, INDArray> values) {
    pieces.add(new Piece(name, Optional.of(layer), Optional.empty(), List.of(last), values));
    last = name;
  }

  private void vertex(GraphVertex vertex, String... inputs) {
    String name = name();
    pieces.add(new Piece(name, Optional.empty(), Optional.of(vertex), List.of(inputs), Map.of()));
    last = name;
  }
}
