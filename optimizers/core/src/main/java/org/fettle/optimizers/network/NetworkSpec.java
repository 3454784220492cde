package org.fettle.optimizers.network;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A network from inputs to outputs: the layers in order, then a linear output layer. The loss adds
 * what turns the last sums into predictions (softmax for classes, nothing for values).
 *
 * @param first values that parameters begin with in the place of what {@code initialisation} says
 */
public record NetworkSpec(
    Shape input,
    List<Layer> layers,
    int outputs,
    Initialisation initialisation,
    Optional<FirstValues> first) {

  public NetworkSpec {
    requireNonNull(input, "input is null");
    layers = List.copyOf(layers);
    requireNonNull(initialisation, "initialisation is null");
    requireNonNull(first, "first is null");
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

  /** A network that begins as its initialisation says. */
  public NetworkSpec(Shape input, List<Layer> layers, int outputs, Initialisation initialisation) {
    this(input, layers, outputs, initialisation, Optional.empty());
  }

  /** A network for rows of a table. */
  public NetworkSpec(int inputs, List<Layer> layers, int outputs, Initialisation initialisation) {
    this(new Shape.Features(inputs), layers, outputs, initialisation);
  }

  /** The same network, some of whose parameters begin with these values. */
  public NetworkSpec beginningWith(FirstValues values) {
    return new NetworkSpec(input, layers, outputs, initialisation, Optional.of(values));
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
