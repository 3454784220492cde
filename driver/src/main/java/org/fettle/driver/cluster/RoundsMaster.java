package org.fettle.driver.cluster;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaRDDLike;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Deeplearning4j's parameter averaging, over rounds whose batches are already where they are
 * trained on. Its own way counts all batches first, and then draws those of each round from all of
 * them, which goes over the data once for each round and deals batches out anew.
 *
 * <p>It is made to be extended: these two methods are all that changes.
 */
final class RoundsMaster extends ParameterAveragingTrainingMaster {

  private final List<JavaRDD<MultiDataSet>> rounds;

  /**
   * A master for one epoch.
   *
   * @param rounds have a partition for each worker, of at most {@code every} batches
   */
  RoundsMaster(
      int workers,
      int batchSize,
      int every,
      TrainingHook hook,
      List<JavaRDD<MultiDataSet>> rounds) {
    super(
        new Builder(workers, 1)
            .batchSizePerWorker(batchSize)
            .averagingFrequency(every)
            // Else the updaters begin anew with each round.
            .saveUpdater(true)
            // A second thread per worker, for batches that take no time to make.
            .workerPrefetchNumBatches(0)
            .repartionData(Repartition.Never)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .storageLevel(null)
            .trainingHooks(List.of(hook)));
    this.rounds = rounds;
  }

  /** What it is for is to cut the data into rounds. */
  @Override
  protected <T, R extends JavaRDDLike<T, R>> long getTotalDataSetObjectCount(
      JavaRDDLike<T, R> data) {
    return rounds.size();
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"}) // batches are all that there is
  protected <T> JavaRDD<T>[] getSplitRDDs(JavaRDD<T> data, int batches, int examplesOfBatch) {
    return rounds.toArray(new JavaRDD[0]);
  }
}
