package org.fettle.optimizers.dl4j;

import java.io.IOException;
import java.nio.file.Path;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.engine.WeightsFile;

/** A trained network, which is saved as one of Deeplearning4j's. */
final class Dl4jModel implements TrainedModel {

  private final TrainingRun run;
  private final Net net;

  /** Takes over the memory of a network. */
  Dl4jModel(TrainingRun run, Net net) {
    this.run = run;
    this.net = net;
  }

  Net net() {
    return net;
  }

  @Override
  public FloatMatrix predict(FloatMatrix features) {
    return predictions(sums(features));
  }

  /** Predictions from a copy of output sums. */
  FloatMatrix predictions(FloatMatrix sums) {
    int outputs = sums.columns();
    float[] predictions = sums.values().clone();
    for (int row = 0; row < sums.rows(); row++) {
      run.spec().loss().link().apply(predictions, row * outputs, outputs);
    }
    return new FloatMatrix(sums.rows(), outputs, predictions);
  }

  /** The output sums of rows of features. */
  FloatMatrix sums(FloatMatrix features) {
    if (features.columns() != run.network().inputs()) {
      throw new IllegalArgumentException(
          "Features must be %d, as the network's inputs, but were %d"
              .formatted(run.network().inputs(), features.columns()));
    }
    return new FloatMatrix(features.rows(), run.network().outputs(), net.predict(features));
  }

  @Override
  public void save(Path directory, Scaling scaling) throws IOException {
    if (scaling.featureMeans().length != run.network().inputs()) {
      throw new IllegalArgumentException(
          "Scaled features must be %d, as the network's inputs, but were %d"
              .formatted(run.network().inputs(), scaling.featureMeans().length));
    }
    WeightsFile.write(directory, net.parameters().values());
    Standalone.Content content = Standalone.of(run.network(), run.spec().loss(), net.parameters());
    try {
      ModelFile.write(directory.resolve(FILE), content, scaling);
    } finally {
      content.parameters().close();
      Workspaces.free();
    }
  }

  @Override
  public void close() {
    net.close();
  }
}
