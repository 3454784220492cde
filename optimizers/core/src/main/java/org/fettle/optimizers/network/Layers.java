package org.fettle.optimizers.network;

import java.util.List;

/** Layers one behind the other. */
final class Layers {

  private Layers() {}

  /**
   * The shape that the last one gives.
   *
   * @throws IllegalArgumentException naming the place of the layer that cannot take its input
   */
  static Shape output(List<Layer> layers, Shape input) {
    Shape shape = input;
    for (int i = 0; i < layers.size(); i++) {
      try {
        shape = layers.get(i).output(shape);
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new IllegalArgumentException("layers[" + i + "]: " + e.getMessage(), e);
      }
    }
    return shape;
  }

  static long parameters(List<Layer> layers, Shape input) {
    long parameters = 0;
    Shape shape = input;
    for (Layer layer : layers) {
      parameters = Math.addExact(parameters, layer.parameters(shape));
      shape = layer.output(shape);
    }
    return parameters;
  }
}
