package org.fettle.driver.cluster;

import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function2;
import org.fettle.optimizers.dl4j.Shipping;
import org.fettle.optimizers.network.Shape;
import org.fettle.search.numeric.Seeds;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Makes a worker's batches of some steps of an epoch, on the worker, one by one. */
final class Batches
    implements Function2<Integer, Iterator<Share>, Iterator<MultiDataSet>>, Serializable {

  private static final long serialVersionUID = 1;

  private final int[] dimensions;
  private final boolean flat;
  private final int outputs;
  private final int batchSize;
  private final long seed;
  private final int from;
  private final int steps;

  /**
   * Batches of an epoch.
   *
   * @param seed of the epoch
   * @param from the first step, from 0
   */
  Batches(Rows rows, long seed, int from, int steps) {
    this.dimensions = rows.shape().dimensions().stream().mapToInt(Integer::intValue).toArray();
    this.flat = rows.flat();
    this.outputs = rows.outputs();
    this.batchSize = rows.batchSize();
    this.seed = seed;
    this.from = from;
    this.steps = steps;
  }

  /** In what form rows come. */
  record Rows(Shape shape, boolean flat, int outputs, int batchSize) {}

  @Override
  public Iterator<MultiDataSet> call(Integer worker, Iterator<Share> shares) {
    if (!shares.hasNext()) {
      return Collections.emptyIterator();
    }
    Share share = shares.next();
    int[] order = share.order(Seeds.derive(seed, worker, "order"));
    Shape shape =
        dimensions.length == 1
            ? new Shape.Features(dimensions[0])
            : Shape.of(java.util.Arrays.stream(dimensions).boxed().toList());
    long end = Math.min(share.rows(), ((long) from + steps) * batchSize);
    return new Iterator<>() {
      private long at = (long) from * batchSize;

      @Override
      public boolean hasNext() {
        return at < end;
      }

      @Override
      public MultiDataSet next() {
        if (at >= end) {
          throw new NoSuchElementException();
        }
        TaskContext.get().killTaskIfInterrupted();
        int to = (int) Math.min(end, at + batchSize);
        MultiDataSet batch =
            Shipping.batch(shape, flat, outputs, share.examples(order, (int) at, to));
        at = to;
        return batch;
      }
    };
  }
}
