package org.fettle.optimizers.torch;

import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.LayerContract;

class TorchLayersTest extends LayerContract {

  @Override
  protected Engine engine() {
    return new TorchEngine(Precision.FLOAT32);
  }
}
