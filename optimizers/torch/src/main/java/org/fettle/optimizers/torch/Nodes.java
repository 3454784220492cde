package org.fettle.optimizers.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Pooling;
import org.fettle.optimizers.network.Shape;

/** Makes the layers that work of those that are described. */
final class Nodes {

  private final Parameters parameters;
  private final Place place;
  private final Held held;
  private int dropouts;

  private Nodes(Parameters parameters, Place place, Held held) {
    this.parameters = parameters;
    this.place = place;
    this.held = held;
  }

  /**
   * All layers and the output layer, which take their parameters in that order. Dropout layers are
   * numbered in order, also those that leave nothing out.
   *
   * @param held takes what the layers keep
   */
  static Node of(NetworkSpec network, Parameters parameters, Place place, Held held) {
    Nodes nodes = new Nodes(parameters, place, held);
    Node layers = nodes.chain(network.layers(), network.input());
    Node output = nodes.dense();
    return (pass, x) -> output.forward(pass, layers.forward(pass, x));
  }

  private int models() {
    return parameters.models();
  }

  private Node chain(List<Layer> layers, Shape input) {
    List<Node> chain = new ArrayList<>();
    Shape shape = input;
    for (Layer layer : layers) {
      chain.add(node(layer, shape));
      shape = layer.output(shape);
    }
    return (pass, x) -> {
      Tensor values = x;
      for (Node node : chain) {
        values = node.forward(pass, values);
      }
      return values;
    };
  }

  private Node node(Layer layer, Shape input) {
    if (layer instanceof Layer.Dense dense) {
      return activated(dense(), dense.activation());
    }
    if (layer instanceof Layer.Activate activate) {
      return Functions.of(activate.activation());
    }
    if (layer instanceof Layer.Dropout) {
      return dropout(dropouts++);
    }
    if (layer instanceof Layer.BatchNormalisation) {
      return new BatchNormalisationNode(parameters, input instanceof Shape.Image);
    }
    if (layer instanceof Layer.LayerNormalisation) {
      return new LayerNormalisationNode(parameters, input);
    }
    if (layer instanceof Layer.Convolution convolution) {
      Node node = new ConvolutionNode(parameters, convolution, (Shape.Image) input);
      return activated(node, convolution.activation());
    }
    if (layer instanceof Layer.Pool pool) {
      return new PoolNode(pool, (Shape.Image) input, place, held);
    }
    if (layer instanceof Layer.GlobalPool pool) {
      return input instanceof Shape.Image
          ? imagePool(pool.pooling())
          : SequenceNodes.pool(pool.pooling());
    }
    if (layer instanceof Layer.Flatten) {
      return flatten(input);
    }
    if (layer instanceof Layer.LastStep) {
      return SequenceNodes.lastStep();
    }
    if (layer instanceof Layer.Recurrent recurrent) {
      return new RecurrentNode(parameters, recurrent, place, held);
    }
    if (layer instanceof Layer.Positions positions) {
      return positions(positions, (Shape.Sequence) input);
    }
    if (layer instanceof Layer.SelfAttention attention) {
      return new SelfAttentionNode(parameters, attention.heads(), (Shape.Sequence) input);
    }
    if (layer instanceof Layer.Residual residual) {
      Node inner = chain(residual.layers(), input);
      return (pass, x) -> x.add(inner.forward(pass, x));
    }
    throw new AssertionError(layer);
  }

  private static Node activated(Node node, Activation activation) {
    if (activation == Activation.IDENTITY) {
      return node;
    }
    Node function = Functions.of(activation);
    return (pass, x) -> function.forward(pass, node.forward(pass, x));
  }

  private Node dense() {
    return new DenseNode(parameters);
  }

  private static Node dropout(int number) {
    return (pass, x) -> pass.dropouts().map(each -> each.apply(number, x)).orElse(x);
  }

  private Node flatten(Shape input) {
    if (input instanceof Shape.Image) {
      return models() == 1
          ? (pass, x) -> x.flatten(1, 3)
          : (pass, x) -> x.view(x.size(0), models(), input.size()).transpose(0, 1);
    }
    if (input instanceof Shape.Sequence) {
      return (pass, x) -> {
        Tensor there = pass.steps().map(steps -> x.mul(steps.there().unsqueeze(-1))).orElse(x);
        return there.flatten(-2, -1);
      };
    }
    return (pass, x) -> x;
  }

  private Node imagePool(Pooling pooling) {
    return (pass, x) -> {
      Tensor pixels = x.flatten(2, 3);
      Tensor all = pooling == Pooling.MAX ? pixels.max(2).get0() : pixels.mean(2);
      return models() == 1 ? all : all.view(x.size(0), models(), -1).transpose(0, 1);
    };
  }

  private Node positions(Layer.Positions layer, Shape.Sequence input) {
    if (layer.kind() == Layer.Positions.Kind.SINUSOIDAL) {
      Tensor fixed =
          held.keep(
              place.floats(Layer.Positions.sinusoids(input), input.steps(), input.features()));
      return (pass, x) -> x.add(fixed);
    }
    Tensor learned = parameters.next();
    long steps = input.steps();
    long features = input.features();
    return models() == 1
        ? (pass, x) -> x.add(learned.view(steps, features))
        : (pass, x) -> x.add(learned.view(models(), 1, steps, features));
  }
}
