package org.fettle.optimizers.java;

import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.TrainingContract;

class JavaTrainingTest extends TrainingContract {

  @Override
  protected Engine engine() {
    return new JavaEngine();
  }
}
