package org.fettle.optimizers.dl4j;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.engine.ModelReader;
import org.fettle.optimizers.engine.Predictor;
import org.fettle.optimizers.engine.WeightsFile;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Loss;
import org.fettle.search.settings.Setting;

/**
 * Reads the weights of a network into the steps that trained it, and not Deeplearning4j's file,
 * whose own layers round otherwise. Predicts with one native thread: rows, not products, are what
 * there are many of. OpenBLAS has one number of threads for the whole process.
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
    // The seed decides nothing: all that it draws is replaced.
    Net net = new Net(network, new SplittableRandom(0));
    try {
      net.parameters().set(WeightsFile.read(files, net.parameters().values().length));
      return new ReadNetwork(network, link, net);
    } catch (IOException | RuntimeException | Error failure) {
      net.close();
      throw failure;
    }
  }

  private record ReadNetwork(NetworkSpec network, Loss.Link link, Net net) implements Predictor {

    @Override
    public FloatMatrix predict(FloatMatrix features) {
      if (features.columns() != network.inputs()) {
        throw new IllegalArgumentException(
            "Features must be %d, as the network's inputs, but were %d"
                .formatted(network.inputs(), features.columns()));
      }
      int outputs = network.outputs();
      float[] predictions = net.predict(features);
      for (int row = 0; row < features.rows(); row++) {
        link.apply(predictions, row * outputs, outputs);
      }
      return new FloatMatrix(features.rows(), outputs, predictions);
    }

    @Override
    public void close() {
      net.close();
    }
  }
}
