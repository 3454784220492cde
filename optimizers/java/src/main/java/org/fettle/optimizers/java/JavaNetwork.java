package org.fettle.optimizers.java;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;
import org.fettle.optimizers.dl4j.Dl4jFiles;
import org.fettle.optimizers.loop.GradientNetwork;
import org.fettle.optimizers.loop.Layout;
import org.fettle.optimizers.loop.LearnerFactory;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.ParameterBlock;
import org.fettle.optimizers.training.RowLoss;

/** A network at work: its parameters, and passes forward and back over batches. For one thread. */
final class JavaNetwork implements GradientNetwork {

  /** Rows predicted at once, and numbers in them, which bound the memory of a prediction. */
  private static final int MOST_ROWS = 1024;

  private static final int MOST_INPUTS = 1 << 16;

  private final NetworkSpec network;
  private final Loss loss;
  private final RowLoss rowLoss;
  private final Layout layout;
  private final Parameters parameters;
  private final Node layers;
  private Optional<SplittableRandom> dropouts = Optional.empty();
  private float[] inputs = new float[0];
  private int[] lengths = new int[0];
  private Batch batch = new Batch(0, lengths, Optional.empty());

  /** A network with first weights. */
  JavaNetwork(LearnerFactory.Beginning beginning) {
    this.network = beginning.run().network();
    this.loss = beginning.run().spec().loss();
    this.rowLoss = beginning.loss();
    this.layout = Layout.of(network);
    this.parameters = new Parameters(layout, layout.initial(network, beginning.weights()));
    this.layers = Nodes.of(network, parameters);
  }

  @Override
  public List<ParameterBlock> blocks() {
    return layout.described();
  }

  @Override
  public float[] parameters() {
    return parameters.values().clone();
  }

  @Override
  public void setParameters(float[] values) {
    parameters.set(values);
  }

  @Override
  public void begin(SplittableRandom random) {
    dropouts = Optional.of(random);
  }

  @Override
  public double gradient(Rows rows, float[] result) {
    parameters.gradientsInto(result);
    float[] sums = forward(rows.features(), rows.count(), dropouts);
    int outputs = network.outputs();
    double sum = 0;
    for (int row = 0; row < rows.count(); row++) {
      float target = rows.targets()[row];
      sum += rowLoss.gradient(sums, row * outputs, 1, outputs, target, 1f / rows.ofBatch());
    }
    layers.backward(batch, sums);
    return sum;
  }

  /** The output layer's sums; steps that a row lacks are set to zero in the features. */
  private float[] forward(float[] features, int rows, Optional<SplittableRandom> random) {
    if (network.input() instanceof Shape.Sequence sequence) {
      readLengths(sequence, features, rows);
    }
    batch = new Batch(rows, lengths, random);
    return layers.forward(batch, features);
  }

  private void readLengths(Shape.Sequence sequence, float[] features, int rows) {
    lengths = lengths.length >= rows ? lengths : new int[rows];
    for (int row = 0; row < rows; row++) {
      int from = row * sequence.size();
      lengths[row] = Math.max(1, sequence.length(features, from));
      java.util.Arrays.fill(
          features, from + lengths[row] * sequence.features(), from + sequence.size(), 0);
    }
  }

  @Override
  public float[] sums(FloatMatrix features) {
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
  public void save(Path directory, Scaling scaling) throws IOException {
    if (Dl4jFiles.unsupported(network).isEmpty()) {
      Dl4jFiles.write(directory, network, loss, parameters.values(), scaling);
    }
  }

  @Override
  public void close() {
    layers.close();
    parameters.close();
  }
}
