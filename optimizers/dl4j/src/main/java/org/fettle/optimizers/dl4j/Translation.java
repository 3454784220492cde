package org.fettle.optimizers.dl4j;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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
import org.fettle.optimizers.loop.Block;
import org.fettle.optimizers.loop.Layout;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.Layer.Recurrent.Cell;
import org.fettle.optimizers.network.Layer.Recurrent.Says;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
      Map<String, Source> parameters) {}

  /** Where a parameter of Deeplearning4j comes from; arrays have its shape. */
  sealed interface Source {

    /** From the network's own, whose indices these are. */
    record Own(INDArray indices) implements Source {}

    /** It is always the same. */
    record Fixed(INDArray values) implements Source {}
  }

  private final NetworkSpec network;
  private final Iterator<Block> blocks;
  private final List<Piece> pieces = new ArrayList<>();
  private final boolean flatInput;
  private String last = INPUT;

  /**
   * Translates a network.
   *
   * @param output what stands for the output layer, without its units
   */
  Translation(NetworkSpec network, Layout layout, OutputLayer output) {
    this.network = network;
    this.blocks = layout.blocks().iterator();
    this.flatInput =
        !network.layers().isEmpty() && network.layers().get(0) instanceof Layer.Flatten;
    chain(network.layers(), network.input());
    output.setNOut(network.outputs());
    add(OUTPUT, output, dense());
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
    } else if (layer instanceof Layer.Recurrent recurrent && recurrent.readings() == 2) {
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
   * Deeplearning4j's own bidirectional layer does not mask an LSTM that gives all steps, so that
   * its way back would begin in what a row lacks, and does not learn where it gives the last steps
   * only.
   */
  private void bothWays(Layer.Recurrent layer) {
    String before = last;
    add(name(), StandardLayers.reading(layer), reading(layer.cell()));
    String forth = last;
    vertex(new ReverseTimeSeriesVertex(INPUT), before);
    add(name(), StandardLayers.reading(layer), reading(layer.cell()));
    if (layer.says() == Says.EVERY_STEP) {
      vertex(new ReverseTimeSeriesVertex(INPUT), last);
    }
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
   * A simple recurrent layer with fixed weights counts the steps: after so many that unit is 1 and
   * all others are 0. A dense layer makes the vectors of the places of that.
   */
  private void positions(Layer.Positions layer, Shape.Sequence sequence) {
    int steps = sequence.steps();
    int width = sequence.features();
    float[] count = new float[steps * steps];
    for (int step = 0; step < steps; step++) {
      // The biases set the first unit in every step; the one before takes that back.
      count[step * steps]--;
      if (step + 1 < steps) {
        count[step * steps + step + 1]++;
      }
    }
    float[] first = new float[steps];
    first[0] = 1;
    long[] shape = {steps, width};
    Source vectors =
        layer.kind() == Layer.Positions.Kind.LEARNED
            ? new Source.Own(indices(blocks.next()).reshape(shape))
            : fixed(Layer.Positions.sinusoids(sequence), shape);
    String before = last;
    add(
        name(),
        StandardLayers.simple(steps, new ActivationIdentity()),
        Map.of(
            "W", fixed(new float[width * steps], width, steps),
            "RW", fixed(count, steps, steps),
            "b", fixed(first, 1, steps)));
    add(
        name(),
        StandardLayers.of(new Layer.Dense(width, Activation.IDENTITY), sequence),
        Map.of("W", vectors, "b", fixed(new float[width], 1, width)));
    steps();
    vertex(new ElementWiseVertex(ElementWiseVertex.Op.Add), before, last);
  }

  /** The parameters of a layer, by Deeplearning4j's names; takes them in the layout's order. */
  private Map<String, Source> parameters(Layer layer) {
    if (layer instanceof Layer.Dense) {
      return dense();
    }
    Map<String, Source> named = new LinkedHashMap<>();
    if (layer instanceof Layer.Convolution convolution) {
      Block weights = blocks.next();
      int kernel = convolution.kernel();
      long channels = weights.perUnit() / ((long) kernel * kernel);
      long[] shape = {weights.units(), channels, kernel, kernel};
      named.put("W", new Source.Own(indices(weights).reshape(shape)));
      named.put("b", row(blocks.next()));
    } else if (layer instanceof Layer.BatchNormalisation) {
      for (String name : List.of("gamma", "beta", "mean", "var")) {
        named.put(name, row(blocks.next()));
      }
    } else if (layer instanceof Layer.LayerNormalisation) {
      Block scales = blocks.next();
      named.put("W", new Source.Fixed(Nd4j.eye(scales.units())));
      named.put("g", row(scales));
      named.put("b", row(blocks.next()));
    } else if (layer instanceof Layer.SelfAttention attention) {
      attention(attention, named);
    } else if (layer instanceof Layer.Recurrent recurrent) {
      return reading(recurrent.cell());
    }
    return named;
  }

  private void attention(Layer.SelfAttention attention, Map<String, Source> named) {
    Block projections = blocks.next();
    int width = projections.perUnit();
    List<String> names = List.of("Wq", "Wk", "Wv");
    for (int i = 0; i < names.size(); i++) {
      INDArray part = indices(projections.offset() + i * width * width, width * width);
      long[] shape = {attention.heads(), width / attention.heads(), width};
      named.put(names.get(i), new Source.Own(part.reshape(shape)));
    }
    named.put("Wo", transposed(blocks.next()));
  }

  private Map<String, Source> reading(Cell cell) {
    Map<String, Source> named = new LinkedHashMap<>();
    named.put("W", transposed(blocks.next()));
    named.put("RW", transposed(blocks.next()));
    Block biases = blocks.next();
    int count = biases.units();
    if (cell == Cell.LSTM) {
      count += blocks.next().units() + blocks.next().units();
    }
    named.put("b", new Source.Own(indices(biases.offset(), count).reshape(1, count)));
    return named;
  }

  private Map<String, Source> dense() {
    Map<String, Source> named = new LinkedHashMap<>();
    named.put("W", transposed(blocks.next()));
    named.put("b", row(blocks.next()));
    return named;
  }

  /** Deeplearning4j has the weights of each unit in a column of their own. */
  private static Source transposed(Block block) {
    return new Source.Own(indices(block).reshape(block.units(), block.perUnit()).transpose());
  }

  private static Source row(Block block) {
    return new Source.Own(indices(block).reshape(1, block.length()));
  }

  private static INDArray indices(Block block) {
    return indices(block.offset(), block.length());
  }

  private static INDArray indices(int from, int count) {
    return Nd4j.createFromArray(IntStream.range(from, from + count).toArray());
  }

  private static Source fixed(float[] values, long... shape) {
    return new Source.Fixed(Nd4j.create(values, shape, 'c'));
  }

  private String name() {
    return "layer-" + (pieces.size() + 1);
  }

  private void add(
      String name, org.deeplearning4j.nn.conf.layers.Layer layer, Map<String, Source> sources) {
    pieces.add(new Piece(name, Optional.of(layer), Optional.empty(), List.of(last), sources));
    last = name;
  }

  private void vertex(GraphVertex vertex, String... inputs) {
    String name = name();
    pieces.add(new Piece(name, Optional.empty(), Optional.of(vertex), List.of(inputs), Map.of()));
    last = name;
  }
}
