package org.fettle.driver.cluster;

import org.apache.spark.TaskContext;
import org.apache.spark.util.DoubleAccumulator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.spark.api.TrainingHook;
import org.fettle.optimizers.dl4j.Shipping;
import org.fettle.search.numeric.Seeds;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Around each step of a worker: its threads and dropout before, its loss behind. */
final class StepHook implements TrainingHook {

  private static final long serialVersionUID = 1;

  private final long seed;
  private final DoubleAccumulator loss;
  private int steps;

  /**
   * A hook for one round.
   *
   * @param seed of the round
   * @param loss gets that of all rows, summed
   */
  StepHook(long seed, DoubleAccumulator loss) {
    this.seed = seed;
    this.loss = loss;
  }

  @Override
  public void preUpdate(MultiDataSet batch, Model model) {
    TaskContext task = TaskContext.get();
    long own = Seeds.derive(seed, task.partitionId(), "dropout/" + steps++);
    Shipping.prepare(task.cpus(), own);
  }

  @Override
  public void postUpdate(MultiDataSet batch, Model model) {
    loss.add(Shipping.lossOfStep(model));
  }

  @Override
  public void preUpdate(DataSet batch, Model model) {
    throw new UnsupportedOperationException("Graphs take batches of several arrays");
  }

  @Override
  public void postUpdate(DataSet batch, Model model) {
    throw new UnsupportedOperationException("Graphs take batches of several arrays");
  }
}
