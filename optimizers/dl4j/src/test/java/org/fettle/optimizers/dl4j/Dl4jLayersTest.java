package org.fettle.optimizers.dl4j;

import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.LayerContract;
import org.fettle.optimizers.network.Layer;

class Dl4jLayersTest extends LayerContract {

  @Override
  protected Engine engine() {
    return new Dl4jEngine();
  }

  @Override
  protected boolean refuses(Layer layer) {
    return layer instanceof Layer.SelfAttention;
  }
}
