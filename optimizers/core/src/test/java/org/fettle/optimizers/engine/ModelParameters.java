package org.fettle.optimizers.engine;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.fettle.optimizers.loop.Block;
import org.fettle.optimizers.loop.Layout;
import org.fettle.optimizers.loop.NetworkModel;

/** The parameters of models that the loop trained. */
final class ModelParameters {

  private ModelParameters() {}

  /** In the order of {@link Layout}. */
  static double[] of(TrainedModel model) {
    float[] values = ((NetworkModel) model).network().parameters();
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /** Of dense layers, weights of one input after those of another. */
  static double[] inputByInput(TrainedModel model) {
    double[] values = of(model);
    return Layout.of(((NetworkModel) model).run().network()).blocks().stream()
        .flatMapToDouble(block -> inputByInput(block, values))
        .toArray();
  }

  private static DoubleStream inputByInput(Block block, double[] values) {
    return IntStream.range(0, block.length())
        .mapToDouble(
            i -> {
              int input = i / block.units();
              int unit = i % block.units();
              return values[block.offset() + unit * block.perUnit() + input];
            });
  }
}
