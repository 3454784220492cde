package org.fettle.optimizers.torch;

import java.util.ArrayList;
import java.util.List;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;

/**
 * The dropout layers of a network in order, those of residuals in their places.
 *
 * @param rates of each
 * @param sizes how many numbers of a row each sees
 * @param images whether these are an image's
 */
record DropoutLayers(List<Double> rates, List<Integer> sizes, List<Boolean> images) {

  static DropoutLayers of(NetworkSpec network) {
    DropoutLayers all = new DropoutLayers(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    all.chain(network.layers(), network.input());
    return all;
  }

  private void chain(List<Layer> layers, Shape input) {
    Shape shape = input;
    for (Layer layer : layers) {
      if (layer instanceof Layer.Dropout dropout) {
        rates.add(dropout.rate());
        sizes.add(shape.size());
        images.add(shape instanceof Shape.Image);
      } else if (layer instanceof Layer.Residual residual) {
        chain(residual.layers(), shape);
      }
      shape = layer.output(shape);
    }
  }

  int count() {
    return rates.size();
  }
}
