package org.fettle.driver.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.fettle.executor.data.Preprocessing;
import org.fettle.executor.run.SpreadRows;
import org.fettle.executor.run.TrainingPlan;
import org.fettle.executor.task.TaskCodec;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.engine.GangBrokenException;
import org.fettle.optimizers.engine.GangEpoch;
import org.fettle.optimizers.engine.TrainingState;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/** What a task of a barrier stage does: a member's part of an epoch, of which the first tells. */
final class GangTask extends AbstractFunction1<Iterator<Share>, Iterator<GangTask.Network>>
    implements Serializable {

  private static final long serialVersionUID = 1;

  /** How long to wait to be ended for the sake of another, which Spark may hear of later. */
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private static final long POLL_NANOS = 50_000_000;

  /** A network's description in the form in which tasks travel. */
  private final byte[] network;

  private final Preprocessing preprocessing;
  private final int[] counts;
  private final int mostRows;
  private final long seed;
  private final int number;
  private final double factor;
  private final Broadcast<Network> before;

  /**
   * An epoch.
   *
   * @param counts of each class how many training rows it has; none for a regression
   * @param mostRows of a worker
   * @param before the network as it is
   */
  GangTask(
      SpreadRows.Beginning beginning,
      int[] counts,
      int mostRows,
      int number,
      double factor,
      Broadcast<Network> before) {
    this.network =
        new TaskCodec()
            .encode(
                new TrialTask(
                    "", 0, 0, new Work.Train(beginning.network(), 0, List.of(), List.of())));
    this.preprocessing = beginning.preprocessing();
    this.seed = beginning.seed();
    this.counts = counts;
    this.mostRows = mostRows;
    this.number = number;
    this.factor = factor;
    this.before = before;
  }

  /** A network on its way, between two epochs. */
  static final class Network implements Serializable {
    private static final long serialVersionUID = 1;
    private final float[] parameters;
    private final float[][] arrays;
    private final double[] numbers;
    private final double loss;

    /** One that has not been trained. */
    Network(float[] parameters) {
      this(parameters, new float[0][], new double[0], 0);
    }

    private Network(float[] parameters, float[][] arrays, double[] numbers, double loss) {
      this.parameters = parameters;
      this.arrays = arrays;
      this.numbers = numbers;
      this.loss = loss;
    }

    static Network of(float[] parameters, TrainingState.Memory memory, double loss) {
      return new Network(
          parameters, memory.arrays().toArray(float[][]::new), memory.numbers(), loss);
    }

    float[] parameters() {
      return parameters;
    }

    TrainingState.Memory memory() {
      return new TrainingState.Memory(Arrays.asList(arrays), numbers);
    }

    /** Of all rows in the last epoch, summed. */
    double loss() {
      return loss;
    }

    /** Whether there was an epoch: what updaters count is there, whatever else they keep. */
    private boolean isTrained() {
      return numbers.length > 0;
    }
  }

  @Override
  public Iterator<Network> apply(Iterator<Share> shares) {
    BarrierTaskContext task = BarrierTaskContext.get();
    try {
      GangEpoch.Ended ended = epoch(shares.next(), task);
      List<Network> told = new ArrayList<>();
      if (task.partitionId() == 0) {
        told.add(Network.of(ended.parameters(), ended.memory(), ended.loss()));
      }
      return JavaConverters.asScalaIterator(told.iterator());
    } catch (GangBrokenException e) {
      awaitEnd(task);
      throw e;
    }
  }

  /** What became of the other is the reason why the run ends, and this only what came of it. */
  private static void awaitEnd(TaskContext task) {
    long start = System.nanoTime();
    while (!task.isInterrupted()
        && !Thread.currentThread().isInterrupted()
        && System.nanoTime() - start < PATIENCE_NANOS) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    task.killTaskIfInterrupted();
  }

  private GangEpoch.Ended epoch(Share share, BarrierTaskContext task) {
    Work.Network work = ((Work.Train) new TaskCodec().decodeTask(network).work()).network();
    Task kind = counts.length == 0 ? new Task.Regression() : new Task.Classification(counts.length);
    TrainingPlan plan = TrainingPlan.of(work, preprocessing.shape(), kind);
    Network begun = before.value();
    GangEpoch epoch =
        new GangEpoch(
            plan.network(),
            plan.training(),
            share.examples(),
            counts,
            mostRows,
            seed,
            number,
            factor,
            begun.parameters(),
            begun.isTrained() ? Optional.of(begun.memory()) : Optional.empty(),
            task.cpus());
    return plan.engine().gangs().orElseThrow().epoch(epoch, new BarrierGang(task));
  }
}
