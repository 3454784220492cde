package org.fettle.optimizers.dl4j;

import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.LayerContract;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.Layer.Recurrent.Cell;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;

class Dl4jLayersTest extends LayerContract {

  @Override
  protected Engine engine() {
    return new Dl4jEngine();
  }

  @Override
  protected boolean refuses(Layer layer) {
    return layer instanceof Layer.SelfAttention
        || (layer instanceof Layer.Recurrent recurrent && recurrent.cell() == Cell.GRU);
  }

  @Override
  protected boolean refuses(NetworkSpec network) {
    boolean sequence = network.input() instanceof Shape.Sequence;
    return super.refuses(network)
        || (sequence && network.layers().lastIndexOf(new Layer.Flatten()) > 0);
  }
}
