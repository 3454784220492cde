package org.fettle.optimizers.dl4j;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.training.Loss;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network of Deeplearning4j with its parameters. */
final class Dl4jModel implements TrainedModel {

  /** Rows predicted at once, which bounds the memory of a prediction. */
  private static final int BLOCK = 1024;

  private final TrainingRun run;
  private final MultiLayerNetwork network;
  private final Updater updater;

  /** Takes over the memory of a network and of its updater. */
  Dl4jModel(TrainingRun run, MultiLayerNetwork network, Updater updater) {
    this.run = run;
    this.network = network;
    this.updater = updater;
  }

  MultiLayerNetwork network() {
    return network;
  }

  @Override
  public FloatMatrix predict(FloatMatrix features) {
    try {
      return predictions(features);
    } finally {
      Workspaces.free();
    }
  }

  /** The same, but keeps the thread's workspaces for the training that goes on. */
  FloatMatrix predictions(FloatMatrix features) {
    if (features.columns() != run.network().inputs()) {
      throw new IllegalArgumentException(
          "Features must be %d, as the network's inputs, but were %d"
              .formatted(run.network().inputs(), features.columns()));
    }
    int outputs = run.network().outputs();
    float[] predictions = new float[Math.multiplyExact(features.rows(), outputs)];
    for (int row = 0; row < features.rows(); row += BLOCK) {
      int rows = Math.min(BLOCK, features.rows() - row);
      predict(features, row, rows, predictions);
    }
    if (run.spec().loss() instanceof Loss.CrossEntropy) {
      for (int row = 0; row < features.rows(); row++) {
        Softmax.apply(predictions, row * outputs, 1, outputs);
      }
    }
    return new FloatMatrix(features.rows(), outputs, predictions);
  }

  private void predict(FloatMatrix features, int row, int rows, float[] predictions) {
    int columns = features.columns();
    int outputs = run.network().outputs();
    try (INDArray input = Nd4j.createUninitialized(new long[] {rows, columns}, 'c')) {
      Floats.pointer(input).put(features.values(), row * columns, rows * columns);
      try (INDArray output = network.output(input, false)) {
        if (output.ordering() == 'c') {
          Floats.pointer(output).get(predictions, row * outputs, rows * outputs);
        } else {
          float[] byColumn = new float[rows * outputs];
          Floats.pointer(output).get(byColumn, 0, byColumn.length);
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < outputs; j++) {
              predictions[(row + i) * outputs + j] = byColumn[j * rows + i];
            }
          }
        }
      }
    }
  }

  @Override
  public void save(Path directory, Scaling scaling) throws IOException {
    if (scaling.featureMeans().length != run.network().inputs()) {
      throw new IllegalArgumentException(
          "Scaled features must be %d, as the network's inputs, but were %d"
              .formatted(run.network().inputs(), scaling.featureMeans().length));
    }
    ModelFile.write(
        directory.resolve(FILE),
        Networks.standalone(run.network(), run.spec(), run.seed()),
        network.params(),
        scaling);
  }

  /** Not {@link MultiLayerNetwork#close}, which collects all of Java's garbage each time. */
  @Override
  public void close() {
    close(updater.getStateViewArray());
    close(network.getFlattenedGradients());
    close(network.params());
  }

  private static void close(@Nullable INDArray array) {
    if (array != null && array.closeable()) {
      array.close();
    }
  }
}
