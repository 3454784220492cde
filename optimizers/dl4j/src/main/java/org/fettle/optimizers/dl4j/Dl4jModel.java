package org.fettle.optimizers.dl4j;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingRun;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network of Deeplearning4j with its parameters. */
final class Dl4jModel implements TrainedModel {

  /** Rows predicted at once, which bounds the memory of a prediction. */
  private static final int BLOCK = 1024;

  private final TrainingRun run;
  private final MultiLayerNetwork network;

  /** Takes over the memory of a network. */
  Dl4jModel(TrainingRun run, MultiLayerNetwork network) {
    this.run = run;
    this.network = network;
  }

  MultiLayerNetwork network() {
    return network;
  }

  @Override
  public FloatMatrix predict(FloatMatrix features) {
    try {
      return predictions(sums(features));
    } finally {
      Workspaces.free();
    }
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

  /** The output sums of rows of features; keeps the thread's workspaces for what goes on. */
  FloatMatrix sums(FloatMatrix features) {
    if (features.columns() != run.network().inputs()) {
      throw new IllegalArgumentException(
          "Features must be %d, as the network's inputs, but were %d"
              .formatted(run.network().inputs(), features.columns()));
    }
    int outputs = run.network().outputs();
    float[] sums = new float[Math.multiplyExact(features.rows(), outputs)];
    for (int row = 0; row < features.rows(); row += BLOCK) {
      int rows = Math.min(BLOCK, features.rows() - row);
      sums(features, row, rows, sums);
    }
    return new FloatMatrix(features.rows(), outputs, sums);
  }

  private void sums(FloatMatrix features, int row, int rows, float[] sums) {
    int columns = features.columns();
    int outputs = run.network().outputs();
    try (INDArray input = Nd4j.createUninitialized(new long[] {rows, columns}, 'c')) {
      Floats.pointer(input).put(features.values(), row * columns, rows * columns);
      try (INDArray output = network.output(input, false)) {
        if (output.ordering() == 'c') {
          Floats.pointer(output).get(sums, row * outputs, rows * outputs);
        } else {
          float[] byColumn = new float[rows * outputs];
          Floats.pointer(output).get(byColumn, 0, byColumn.length);
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < outputs; j++) {
              sums[(row + i) * outputs + j] = byColumn[j * rows + i];
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
        Networks.standalone(run.network(), run.spec().loss()),
        network.params(),
        scaling);
  }

  /** Not {@link MultiLayerNetwork#close}, which collects all of Java's garbage each time. */
  @Override
  public void close() {
    close(network.getFlattenedGradients());
    close(network.params());
  }

  private static void close(@Nullable INDArray array) {
    if (array != null && array.closeable()) {
      array.close();
    }
  }
}
