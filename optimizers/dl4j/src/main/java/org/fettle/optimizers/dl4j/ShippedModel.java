package org.fettle.optimizers.dl4j;

import java.io.IOException;
import java.nio.file.Path;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.WeightsFile;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.TrainingSpec;

/** What came of a {@link ShippedNetwork}. For one thread. */
final class ShippedModel implements TrainedModel {

  private final NetworkSpec network;
  private final TrainingSpec spec;
  private final float[] parameters;
  private final Dl4jNetwork predicting;

  ShippedModel(NetworkSpec network, TrainingSpec spec, float[] parameters) {
    this.network = network;
    this.spec = spec;
    this.parameters = parameters;
    this.predicting = Shipping.network(network, spec, parameters);
  }

  @Override
  public FloatMatrix predict(FloatMatrix features) {
    float[] sums = predicting.sums(features);
    int outputs = network.outputs();
    for (int row = 0; row < features.rows(); row++) {
      spec.loss().link().apply(sums, row * outputs, outputs);
    }
    return new FloatMatrix(features.rows(), outputs, sums);
  }

  @Override
  public void save(Path directory, Scaling scaling) throws IOException {
    WeightsFile.write(directory, parameters);
    Dl4jFiles.write(directory, network, spec.loss(), parameters, scaling);
  }

  @Override
  public void close() {
    predicting.close();
  }
}
