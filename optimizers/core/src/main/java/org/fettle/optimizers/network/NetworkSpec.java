package org.fettle.optimizers.network;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A network from inputs to outputs: the layers in order, then a linear output layer. The loss adds
 * what turns the last sums into predictions (softmax for classes, nothing for values).
 */
public record NetworkSpec(
    Shape input, List<Layer> layers, int outputs, Initialisation initialisation) {

  public NetworkSpec {
    requireNonNull(input, "input is null");
    layers = List.copyOf(layers);
    requireNonNull(initialisation, "initialisation is null");
    if (outputs < 1) {
      throw new IllegalArgumentException("Outputs must be at least 1, but were " + outputs);
    }
    Shape last = Layers.output(layers, input);
    if (!(last instanceof Shape.Features)) {
      throw new IllegalArgumentException(
          "Layers must end in features, but ended in %s; add flatten or global-pooling"
              .formatted(last));
    }
  }

  /** A network for rows of a table. */
  public NetworkSpec(int inputs, List<Layer> layers, int outputs, Initialisation initialisation) {
    this(new Shape.Features(inputs), layers, outputs, initialisation);
  }

  /** Numbers in a row. */
  public int inputs() {
    return input.size();
  }

  /** The features that the output layer sees. */
  public int features() {
    return Layers.output(layers, input).size();
  }

  /** How many numbers are learnt, those of the output layer included. */
  public long parameterCount() {
    return Math.addExact(Layers.parameters(layers, input), (features() + 1L) * outputs);
  }
}
