package org.fettle.optimizers.torch;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.fettle.optimizers.engine.ModelReader;
import org.fettle.optimizers.engine.Predictor;
import org.fettle.optimizers.engine.WeightsFile;
import org.fettle.optimizers.loop.Layout;
import org.fettle.optimizers.loop.LearnerFactory;
import org.fettle.optimizers.loop.SavedNetwork;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Loss;
import org.fettle.search.settings.Setting;

/**
 * Reads the weights of a network into LibTorch. Predicts on the CPU with one native thread, as
 * there are many rows and small products; that number holds for the whole process.
 */
public final class TorchModelReader implements ModelReader {

  private static final Settled SETTLED = new Settled(Place.CPU, Precision.FLOAT32);

  @Override
  public String name() {
    return TorchEngine.NAME;
  }

  @Override
  public String doc() {
    return "Models of the engine torch";
  }

  @Override
  public List<Setting> settings() {
    return List.of();
  }

  @Override
  public List<String> files() {
    return List.of(WeightsFile.NAME);
  }

  @Override
  public Predictor read(NetworkSpec network, Loss.Link link, Map<String, byte[]> files)
      throws IOException {
    Natives.use(1, Precision.FLOAT32);
    return SavedNetwork.read(network, link, files, TorchModelReader::network);
  }

  private static TorchNetwork network(LearnerFactory.Beginning beginning) {
    NetworkSpec network = beginning.run().network();
    return new TorchNetwork(
        network, beginning.run().spec().loss(), SETTLED, new float[Layout.of(network).length()]);
  }
}
