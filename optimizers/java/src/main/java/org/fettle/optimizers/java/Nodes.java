package org.fettle.optimizers.java;

import java.util.ArrayList;
import java.util.List;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;

/** Makes the layers that work of those that are described. */
final class Nodes {

  private final Parameters parameters;

  /** Whether anything below learns, and so wants the gradients of the inputs to come. */
  private boolean learning;

  private Nodes(Parameters parameters) {
    this.parameters = parameters;
  }

  /** All layers and the output layer, which take their parameters in that order. */
  static Node of(NetworkSpec network, Parameters parameters) {
    Nodes nodes = new Nodes(parameters);
    Node layers = nodes.chain(network.layers(), network.input());
    int learningFrom = nodes.learning ? 0 : 1;
    Node output = nodes.dense(1);
    return new ChainNode(List.of(layers, output), learningFrom);
  }

  private Node chain(List<Layer> layers, Shape input) {
    List<Node> chain = new ArrayList<>();
    Shape shape = input;
    int learningFrom = 0;
    for (Layer layer : layers) {
      if (!learning) {
        learningFrom = chain.size();
      }
      add(layer, shape, chain);
      shape = layer.output(shape);
    }
    return new ChainNode(chain, learningFrom);
  }

  private void add(Layer layer, Shape input, List<Node> chain) {
    if (layer instanceof Layer.Dense dense) {
      int vectors = vectors(input);
      chain.add(dense(vectors));
      activate(dense.activation(), dense.units() * vectors, chain);
    } else if (layer instanceof Layer.Activate activate) {
      activate(activate.activation(), input.size(), chain);
    } else if (layer instanceof Layer.Dropout dropout) {
      if (dropout.rate() > 0) {
        chain.add(new DropoutNode(dropout.rate(), input.size()));
      }
    } else if (layer instanceof Layer.BatchNormalisation) {
      int pixels = input instanceof Shape.Image image ? image.pixels() : 1;
      chain.add(new BatchNormalisationNode(parameters, input.size() / pixels, pixels));
      learning = true;
    } else if (layer instanceof Layer.LayerNormalisation) {
      int vectors = vectors(input);
      chain.add(new LayerNormalisationNode(parameters, input.size() / vectors, vectors));
      learning = true;
    } else if (layer instanceof Layer.Convolution convolution) {
      Shape.Image output = convolution.output(input);
      Windows windows =
          Windows.of(
              (Shape.Image) input,
              output,
              convolution.kernel(),
              convolution.stride(),
              convolution.padding());
      chain.add(new ConvolutionNode(parameters, windows, learning));
      learning = true;
      activate(convolution.activation(), output.size(), chain);
    } else if (layer instanceof Layer.Pool pool) {
      Windows windows =
          Windows.of(
              (Shape.Image) input,
              pool.output(input),
              pool.kernel(),
              pool.stride(),
              pool.padding());
      chain.add(new PoolNode(windows, pool.pooling()));
    } else if (layer instanceof Layer.GlobalPool pool) {
      chain.add(new GlobalPoolNode(input, pool.pooling()));
    } else if (layer instanceof Layer.Flatten) {
      if (input instanceof Shape.Sequence sequence) {
        chain.add(new FlattenNode(sequence));
      }
    } else if (layer instanceof Layer.LastStep) {
      chain.add(new LastStepNode((Shape.Sequence) input));
    } else if (layer instanceof Layer.Recurrent recurrent) {
      chain.add(new RecurrentNode(parameters, recurrent, (Shape.Sequence) input, learning));
      learning = true;
    } else if (layer instanceof Layer.Positions positions) {
      chain.add(new PositionsNode(parameters, positions, (Shape.Sequence) input));
      learning |= positions.kind() == Layer.Positions.Kind.LEARNED;
    } else if (layer instanceof Layer.SelfAttention attention) {
      chain.add(new SelfAttentionNode(parameters, attention.heads(), (Shape.Sequence) input));
      learning = true;
    } else if (layer instanceof Layer.Residual residual) {
      // Its own inputs' gradients are added to those of its layers, so all of those are wanted.
      learning = true;
      chain.add(new ResidualNode(chain(residual.layers(), input), input.size()));
    } else {
      throw new AssertionError(layer);
    }
  }

  private Node dense(int vectors) {
    Node dense = new DenseNode(parameters, vectors, learning);
    learning = true;
    return dense;
  }

  private static void activate(Activation activation, int size, List<Node> chain) {
    if (activation != Activation.IDENTITY) {
      chain.add(new ActivationNode(activation, size));
    }
  }

  /** How many vectors a dense layer sees of each row. */
  private static int vectors(Shape input) {
    return input instanceof Shape.Sequence sequence ? sequence.steps() : 1;
  }
}
