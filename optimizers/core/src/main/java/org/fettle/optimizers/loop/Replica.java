package org.fettle.optimizers.loop;

import java.util.SplittableRandom;

/** A copy of a run's network with rows to train it on. For one thread at a time. */
final class Replica {

  private final GradientNetwork network;
  private final Batches batches;
  private int[] order = new int[0];
  private SplittableRandom noise = new SplittableRandom(0);

  Replica(GradientNetwork network, Batches batches) {
    this.network = network;
    this.batches = batches;
  }

  GradientNetwork network() {
    return network;
  }

  /** Begins an epoch. */
  void begin(int[] rows, SplittableRandom random) {
    order = rows;
    noise = random;
    network.begin(random.split());
  }

  /**
   * Computes the gradient of the mean loss over {@code batchRows} rows as far as it comes from
   * those from one place in the order to before another.
   *
   * @return the summed loss of these rows
   */
  double gradient(int from, int to, int batchRows, float[] result) {
    return network.gradient(batches.load(order, from, to, batchRows, noise), result);
  }
}
