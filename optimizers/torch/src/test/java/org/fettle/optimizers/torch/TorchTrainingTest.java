package org.fettle.optimizers.torch;

import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.TrainingContract;

class TorchTrainingTest extends TrainingContract {

  @Override
  protected Engine engine() {
    return new TorchEngine(Precision.FLOAT32);
  }
}
