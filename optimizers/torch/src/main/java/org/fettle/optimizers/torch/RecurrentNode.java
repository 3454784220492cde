package org.fettle.optimizers.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.fettle.optimizers.network.Layer.Recurrent;
import org.fettle.optimizers.network.Layer.Recurrent.Says;

/** Reads sequences from one end or from both. */
final class RecurrentNode implements Node {

  private final Says says;
  private final List<Reading> readings = new ArrayList<>();

  RecurrentNode(Parameters parameters, Recurrent layer, Place place, Held held) {
    this.says = layer.says();
    for (int i = 0; i < layer.readings(); i++) {
      readings.add(new Reading(parameters, layer, place, held));
    }
  }

  @Override
  public Tensor forward(Pass pass, Tensor x) {
    Tensor forth = said(pass, readings.get(0).states(pass, x));
    if (readings.size() == 1) {
      return forth;
    }
    Tensor back = readings.get(1).states(pass, SequenceNodes.turned(pass, x));
    // The state after the first step, which is read last, lies where the last step was.
    Tensor said =
        says == Says.EVERY_STEP ? SequenceNodes.turned(pass, back) : SequenceNodes.last(pass, back);
    return torch.cat(new TensorVector(forth, said), -1);
  }

  private Tensor said(Pass pass, Tensor states) {
    return says == Says.EVERY_STEP ? states : SequenceNodes.last(pass, states);
  }
}
