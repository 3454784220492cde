package org.fettle.optimizers.loop;

import java.io.IOException;
import java.nio.file.Path;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.engine.WeightsFile;

/** The model of a run: an engine's network, whose sums become predictions by the run's loss. */
public final class NetworkModel implements TrainedModel {

  private final TrainingRun run;
  private final EngineNetwork network;

  /** Takes over a network. */
  NetworkModel(TrainingRun run, EngineNetwork network) {
    this.run = run;
    this.network = network;
  }

  /** The run that it comes of. */
  public TrainingRun run() {
    return run;
  }

  /** What predicts. */
  public EngineNetwork network() {
    return network;
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
    requireInputs("Features", features.columns());
    return new FloatMatrix(features.rows(), run.network().outputs(), network.sums(features));
  }

  @Override
  public void save(Path directory, Scaling scaling) throws IOException {
    requireInputs("Scaled features", scaling.featureMeans().length);
    WeightsFile.write(directory, network.parameters());
    network.save(directory, scaling);
  }

  private void requireInputs(String what, int count) {
    if (count != run.network().inputs()) {
      throw new IllegalArgumentException(
          "%s must be %d, as the network's inputs, but were %d"
              .formatted(what, run.network().inputs(), count));
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
