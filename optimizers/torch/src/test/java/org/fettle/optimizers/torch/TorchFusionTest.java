package org.fettle.optimizers.torch;

import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.FusionContract;

class TorchFusionTest extends FusionContract {

  @Override
  protected Engine engine() {
    return new TorchEngine(Precision.FLOAT32);
  }
}
