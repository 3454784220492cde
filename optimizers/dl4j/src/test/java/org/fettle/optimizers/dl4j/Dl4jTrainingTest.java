package org.fettle.optimizers.dl4j;

import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.TrainingContract;

class Dl4jTrainingTest extends TrainingContract {

  @Override
  protected Engine engine() {
    return new Dl4jEngine();
  }
}
