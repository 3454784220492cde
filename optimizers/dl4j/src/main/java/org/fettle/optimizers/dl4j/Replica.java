package org.fettle.optimizers.dl4j;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.training.ParameterBlock;
import org.fettle.optimizers.training.RowLoss;

/** A copy of a run's network that computes gradients. For one thread at a time. */
final class Replica {

  private final Net net;
  private final Dl4jModel model;
  private final RowLoss loss;
  private final int outputs;
  private final Batches batches;
  private SplittableRandom noise = new SplittableRandom();
  private Optional<SplittableRandom> dropouts = Optional.empty();

  /**
   * A replica for batches of at most so many rows.
   *
   * @param seed of the first weights
   */
  Replica(TrainingRun run, RowLoss loss, int[] order, int batchSize, long seed) {
    this.loss = loss;
    outputs = run.network().outputs();
    batches = new Batches(run, order, batchSize);
    net = new Net(run.network(), new SplittableRandom(seed));
    model = new Dl4jModel(run, net);
  }

  Dl4jModel model() {
    return model;
  }

  List<ParameterBlock> blocks() {
    return net.parameters().blocks().stream().map(Block::described).toList();
  }

  /** A copy of the parameters. */
  float[] parameters() {
    return net.parameters().values().clone();
  }

  void setParameters(float[] values) {
    net.parameters().set(values);
  }

  /** Begins an epoch. */
  void begin(SplittableRandom random) {
    noise = random;
    dropouts = Optional.of(random.split());
  }

  /**
   * Computes the gradient of the mean loss over {@code batchRows} rows as far as it comes from
   * those from one place in the order to before another.
   *
   * @return the summed loss of these rows
   */
  double gradient(int from, int to, int batchRows, float[] result) {
    int rows = to - from;
    float[] sums = net.forward(batches.load(from, to, noise), rows, dropouts, result);
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      float target = batches.targets()[row];
      sum += loss.gradient(sums, row * outputs, 1, outputs, target, 1f / batchRows);
    }
    net.backward(sums);
    return sum;
  }
}
