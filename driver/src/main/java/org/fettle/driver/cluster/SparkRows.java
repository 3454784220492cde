package org.fettle.driver.cluster;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.fettle.driver.job.ClusterPlacement;
import org.fettle.executor.data.Chunk;
import org.fettle.executor.data.Encoder;
import org.fettle.executor.data.Preprocessing;
import org.fettle.executor.data.RowSet;
import org.fettle.executor.data.SpreadFit;
import org.fettle.executor.data.Table;
import org.fettle.executor.run.SpreadLearner;
import org.fettle.executor.run.SpreadRows;
import org.fettle.executor.run.TrainingPlan;
import org.fettle.optimizers.dl4j.ShippedNetwork;
import org.fettle.optimizers.engine.Exchange;
import org.fettle.optimizers.training.Schedule;

/** Rows that stay on the executors, and the networks that are trained on them there. */
public final class SparkRows implements SpreadRows {

  private final JavaSparkContext spark;
  private final Table table;
  private final JavaRDD<Chunk> chunks;
  private final ClusterPlacement placement;

  /**
   * Rows of a study.
   *
   * @param table without the columns' values
   */
  public SparkRows(
      JavaSparkContext spark, Table table, JavaRDD<Chunk> chunks, ClusterPlacement placement) {
    this.spark = spark;
    this.table = table;
    this.chunks = chunks;
    this.placement = placement;
  }

  @Override
  public Preprocessing fit(RowSet training) {
    List<SpreadFit.Counts> counts =
        chunks.map(chunk -> new SpreadFit.Counts(chunk, training)).collect();
    List<Encoder> encoders = SpreadFit.encoders(table, counts);
    List<SpreadFit.Sums> sums =
        chunks.map(chunk -> new SpreadFit.Sums(chunk, training, encoders)).collect();
    return SpreadFit.preprocessing(table, encoders, sums);
  }

  @Override
  public SpreadLearner begin(Beginning beginning) {
    DealtRows rows =
        new DealtRows(spark, chunks, beginning, placement.workers(), placement.every());
    if (placement.exchange() == Exchange.GRADIENTS) {
      return new GangLearner(rows, beginning, counts(beginning.targets()));
    }
    TrainingPlan plan = beginning.plan();
    long perEpoch = rows.stepsPerEpoch();
    ShippedNetwork network =
        new ShippedNetwork(
            plan.network(),
            plan.training(),
            beginning.network().training(),
            counts(beginning.targets()),
            new Schedule.Span(perEpoch, perEpoch * plan.training().epochs()),
            beginning.seed());
    return new AveragingLearner(rows, network);
  }

  private int[] counts(float[] targets) {
    int[] counts = new int[table.labels().size()];
    if (counts.length > 0) {
      for (float target : targets) {
        counts[(int) target]++;
      }
    }
    return counts;
  }
}
