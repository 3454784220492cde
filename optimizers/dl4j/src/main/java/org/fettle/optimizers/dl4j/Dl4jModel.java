package org.fettle.optimizers.dl4j;

import java.io.IOException;
import java.nio.file.Path;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.training.Loss;

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
    if (features.columns() != run.network().inputs()) {
      throw new IllegalArgumentException(
          "Features must be %d, as the network's inputs, but were %d"
              .formatted(run.network().inputs(), features.columns()));
    }
    int outputs = run.network().outputs();
    float[] predictions = net.predict(features);
    if (run.spec().loss() instanceof Loss.CrossEntropy) {
      for (int row = 0; row < features.rows(); row++) {
        Softmax.apply(predictions, row * outputs, 1, outputs);
      }
    }
    return new FloatMatrix(features.rows(), outputs, predictions);
  }

  @Override
  public void save(Path directory, Scaling scaling) throws IOException {
    if (scaling.featureMeans().length != run.network().inputs()) {
      throw new IllegalArgumentException(
          "Scaled features must be %d, as the network's inputs, but were %d"
              .formatted(run.network().inputs(), scaling.featureMeans().length));
    }
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
