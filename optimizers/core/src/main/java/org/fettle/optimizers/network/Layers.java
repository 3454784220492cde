package org.fettle.optimizers.network;

import java.util.List;
import java.util.function.Predicate;

/** Layers one behind the other. */
public final class Layers {

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

  /** Whether any of them, or of those in a residual, is as asked. */
  public static boolean any(List<Layer> layers, Predicate<Layer> asked) {
    return layers.stream()
        .anyMatch(
            layer ->
                asked.test(layer)
                    || (layer instanceof Layer.Residual residual && any(residual.layers(), asked)));
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
