package org.fettle.optimizers.torch;

import java.util.List;
import java.util.Optional;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.TrainingSpec;

/** What runs must have in common to be trained as one network. */
final class Fusion {

  private Fusion() {}

  /** Layers of one shape, the loss, the kind of updater, and the rows of a step. */
  static Optional<String> name(NetworkSpec network, TrainingSpec training) {
    if (training.replicas().count() > 1) {
      return Optional.empty();
    }
    return Optional.of(
        String.join(
            "; ",
            network.input().toString(),
            withoutRates(network.layers()).toString(),
            Integer.toString(network.outputs()),
            training.loss().toString(),
            training.updater().getClass().getSimpleName(),
            Integer.toString(training.batchSize())));
  }

  /** The layers, with the same rate for each dropout. */
  private static List<Layer> withoutRates(List<Layer> layers) {
    return layers.stream().map(Fusion::withoutRate).toList();
  }

  private static Layer withoutRate(Layer layer) {
    if (layer instanceof Layer.Dropout) {
      return new Layer.Dropout(0);
    }
    return layer instanceof Layer.Residual residual
        ? new Layer.Residual(withoutRates(residual.layers()))
        : layer;
  }
}
