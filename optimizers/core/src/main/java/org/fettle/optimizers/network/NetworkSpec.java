package org.fettle.optimizers.network;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A network from inputs to outputs: the layers in order, then a linear output layer. The loss adds
 * what turns the last sums into predictions (softmax for classes, nothing for values).
 */
public record NetworkSpec(
    int inputs, List<Layer> layers, int outputs, Initialisation initialisation) {

  public NetworkSpec {
    layers = List.copyOf(layers);
    requireNonNull(initialisation, "initialisation is null");
    if (inputs < 1) {
      throw new IllegalArgumentException("Inputs must be at least 1, but were " + inputs);
    }
    if (outputs < 1) {
      throw new IllegalArgumentException("Outputs must be at least 1, but were " + outputs);
    }
  }

  /** How many weights and biases are trained. */
  public long parameterCount() {
    long count = 0;
    long width = inputs;
    for (Layer layer : layers) {
      if (layer instanceof Layer.Dense dense) {
        count += (width + 1) * dense.units();
        width = dense.units();
      }
    }
    return count + (width + 1) * outputs;
  }
}
