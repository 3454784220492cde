package org.fettle.optimizers.dl4j;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;

/** A network at work: its parameters, and passes forward and back over batches. For one thread. */
final class Net implements AutoCloseable {

  /** Rows predicted at once, and numbers in them, which bound the memory of a prediction. */
  private static final int MOST_ROWS = 1024;

  private static final int MOST_INPUTS = 1 << 16;

  private final NetworkSpec network;
  private final Parameters parameters = new Parameters();
  private final Node layers;
  private float[] inputs = new float[0];
  private int[] lengths = new int[0];
  private Batch batch = new Batch(0, lengths, Optional.empty());

  /** A network with initial weights. */
  Net(NetworkSpec network, RandomGenerator random) {
    this.network = network;
    this.layers = Nodes.of(network, parameters);
    parameters.begin(network.initialisation(), random);
  }

  Parameters parameters() {
    return parameters;
  }

  /**
   * The output layer's sums for rows of features, in a step of training.
   *
   * @param features row after row; steps that a row lacks are set to zero
   * @param gradients where the step's backward pass shall put those of the parameters
   */
  float[] forward(
      float[] features, int rows, Optional<SplittableRandom> dropouts, float[] gradients) {
    parameters.gradientsInto(gradients);
    return forward(features, rows, dropouts);
  }

  private float[] forward(float[] features, int rows, Optional<SplittableRandom> dropouts) {
    if (network.input() instanceof Shape.Sequence sequence) {
      readLengths(sequence, features, rows);
    }
    batch = new Batch(rows, lengths, dropouts);
    return layers.forward(batch, features);
  }

  private void readLengths(Shape.Sequence sequence, float[] inputs, int rows) {
    lengths = lengths.length >= rows ? lengths : new int[rows];
    for (int row = 0; row < rows; row++) {
      int from = row * sequence.size();
      lengths[row] = Math.max(1, sequence.length(inputs, from));
      java.util.Arrays.fill(
          inputs, from + lengths[row] * sequence.features(), from + sequence.size(), 0);
    }
  }

  /** Fills the parameters' gradients from those of the last sums, which it overwrites. */
  void backward(float[] gradients) {
    layers.backward(batch, gradients);
  }

  /** The sums of all rows, row by row. */
  float[] predict(FloatMatrix features) {
    int columns = features.columns();
    int outputs = network.outputs();
    float[] sums = new float[Math.multiplyExact(features.rows(), outputs)];
    int block = Math.min(MOST_ROWS, Math.max(1, MOST_INPUTS / columns));
    for (int row = 0; row < features.rows(); row += block) {
      int rows = Math.min(block, features.rows() - row);
      inputs = Node.room(inputs, rows * columns);
      System.arraycopy(features.values(), row * columns, inputs, 0, rows * columns);
      float[] ofBlock = forward(inputs, rows, Optional.empty());
      System.arraycopy(ofBlock, 0, sums, row * outputs, rows * outputs);
    }
    return sums;
  }

  @Override
  public void close() {
    layers.close();
    parameters.close();
  }
}
