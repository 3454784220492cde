package org.fettle.driver.cluster;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.DoubleAccumulator;
import org.fettle.executor.data.Chunk;
import org.fettle.executor.data.Preprocessing;
import org.fettle.executor.data.RowSet;
import org.fettle.executor.run.SpreadRows;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.dl4j.Shipping;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** The training rows of one run where its workers have them, and what is asked of all rows. */
final class DealtRows implements AutoCloseable {

  private final JavaSparkContext spark;
  private final JavaRDD<Chunk> chunks;
  private final SpreadRows.Beginning beginning;
  private final int workers;
  private final int every;
  private final JavaRDD<Share> shares;

  DealtRows(
      JavaSparkContext spark,
      JavaRDD<Chunk> chunks,
      SpreadRows.Beginning beginning,
      int workers,
      int every) {
    this.spark = spark;
    this.chunks = chunks;
    this.beginning = beginning;
    this.workers = workers;
    this.every = every;
    this.shares = shares(chunks, beginning.training(), beginning.preprocessing(), workers);
  }

  /** Rows are dealt out in turn, so that each worker has its part of whatever order they are in. */
  private static JavaRDD<Share> shares(
      JavaRDD<Chunk> chunks, RowSet training, Preprocessing preprocessing, int workers) {
    return chunks
        .flatMapToPair(
            chunk -> {
              List<Tuple2<Integer, Share.Part>> parts = new ArrayList<>();
              for (int worker = 0; worker < workers; worker++) {
                int[] own = chunk.ofWorker(training, worker, workers);
                if (own.length > 0) {
                  Share.Part part =
                      new Share.Part(chunk.first(), preprocessing.examples(chunk.table(), own));
                  parts.add(new Tuple2<>(worker, part));
                }
              }
              return parts.iterator();
            })
        .partitionBy(new HashPartitioner(workers))
        .values()
        .mapPartitions(
            (parts) -> {
              List<Share.Part> all = new ArrayList<>();
              parts.forEachRemaining(all::add);
              return all.isEmpty()
                  ? java.util.Collections.<Share>emptyIterator()
                  : List.of(new Share(all)).iterator();
            })
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  JavaSparkContext spark() {
    return spark;
  }

  long seed() {
    return beginning.seed();
  }

  int workers() {
    return workers;
  }

  int every() {
    return every;
  }

  int rows() {
    return beginning.training().size();
  }

  /** Of the worker that has the most. */
  int mostRows() {
    return most(rows(), workers);
  }

  int batchSize() {
    return beginning.plan().training().batchSize(mostRows());
  }

  /** Of the worker that has the most. */
  long stepsPerEpoch() {
    return most(mostRows(), batchSize());
  }

  private static int most(int rows, int parts) {
    return (rows + parts - 1) / parts;
  }

  JavaRDD<MultiDataSet> batches(long seed, int from, int steps) {
    Batches.Rows rows =
        new Batches.Rows(
            beginning.plan().network().input(),
            Shipping.isFlat(beginning.plan().network()),
            beginning.plan().network().outputs(),
            batchSize());
    return shares.mapPartitionsWithIndex(new Batches(rows, seed, from, steps), false);
  }

  /** Has all workers do their part at the same time. */
  GangTask.Network together(GangTask task) {
    ClassTag<GangTask.Network> tag = ClassTag$.MODULE$.apply(GangTask.Network.class);
    return new JavaRDD<>(shares.rdd().barrier().mapPartitions(task, false, tag), tag)
        .collect()
        .get(0);
  }

  DoubleAccumulator accumulator() {
    return spark.sc().doubleAccumulator();
  }

  /** Predictions of rows, in their order, made where the rows are. */
  FloatMatrix predictions(RowSet rows, float[] parameters) {
    Broadcast<float[]> shipped = spark.broadcast(parameters);
    try {
      List<Scoring.Part> parts =
          new ArrayList<>(chunks.mapPartitions(new Scoring(beginning, rows, shipped)).collect());
      return Scoring.joined(parts, rows.size(), beginning.plan().network().outputs());
    } finally {
      shipped.destroy();
    }
  }

  @Override
  public void close() {
    shares.unpersist();
  }
}
