package org.fettle.optimizers.dl4j;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.fettle.optimizers.training.ParameterBlock;
import org.fettle.optimizers.training.ParameterBlock.Role;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;

/** What the flattened parameters of a network are. */
final class ParameterBlocks {

  private ParameterBlocks() {}

  static List<ParameterBlock> of(Layer... layers) {
    List<ParameterBlock> blocks = new ArrayList<>();
    for (Layer layer : layers) {
      layer.paramTable().forEach((name, values) -> blocks.add(block(layer, name, values)));
    }
    // The order in memory: that of the names is another for convolutions.
    blocks.sort(Comparator.comparing(ParameterBlock::offset));
    return blocks;
  }

  private static ParameterBlock block(Layer layer, String name, INDArray values) {
    int perUnit = Weights.perUnit(values.shape(), values.ordering());
    return new ParameterBlock(
        role(layer.conf().getLayer(), name),
        Math.toIntExact(values.offset()),
        Math.toIntExact(values.length()),
        perUnit);
  }

  private static Role role(org.deeplearning4j.nn.conf.layers.Layer layer, String name) {
    // How Deeplearning4j itself marks the running means and variances of a normalisation.
    if (layer.getUpdaterByParam(name) instanceof NoOp) {
      return Role.STATISTICS;
    }
    return layer.initializer().isWeightParam(layer, name) ? Role.WEIGHTS : Role.OTHERS;
  }
}
