package org.fettle.optimizers.dl4j;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.fettle.optimizers.engine.ModelReader;
import org.fettle.optimizers.engine.Predictor;
import org.fettle.optimizers.engine.WeightsFile;
import org.fettle.optimizers.loop.SavedNetwork;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Loss;
import org.fettle.search.settings.Setting;

/**
 * Reads the weights of a network into the steps that trained it. Predicts with one native thread,
 * as there are many rows and small products; that number holds for the whole process.
 */
public final class Dl4jModelReader implements ModelReader {

  @Override
  public String name() {
    return Dl4jEngine.NAME;
  }

  @Override
  public String doc() {
    return "Models of the engine dl4j";
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
    NativeThreads.use(1);
    return SavedNetwork.read(
        network, link, files, beginning -> new Dl4jNetwork(beginning, Devices.NONE, 0));
  }
}
