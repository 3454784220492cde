package org.fettle.driver.cluster;

import org.apache.spark.broadcast.Broadcast;
import org.fettle.executor.data.RowSet;
import org.fettle.executor.run.SpreadLearner;
import org.fettle.executor.run.SpreadRows;
import org.fettle.executor.run.TrainingPlan;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.optimizers.loop.GangSteps;

/** A network whose workers take each step together: an epoch is a barrier stage of them all. */
final class GangLearner implements SpreadLearner {

  private final DealtRows rows;
  private final SpreadRows.Beginning beginning;
  private final int[] counts;
  private GangTask.Network network;

  /**
   * A network before its first epoch.
   *
   * @param counts of each class how many training rows it has; none for a regression
   */
  GangLearner(DealtRows rows, SpreadRows.Beginning beginning, int[] counts) {
    if (rows.rows() < rows.workers()) {
      throw new IllegalArgumentException(
          "Training rows must be at least %d, as there are workers, but were %d"
              .formatted(rows.workers(), rows.rows()));
    }
    this.rows = rows;
    this.beginning = beginning;
    this.counts = counts;
    this.network =
        new GangTask.Network(GangSteps.initial(beginning.plan().network(), beginning.seed()));
  }

  @Override
  public double epoch(int number, double factor) {
    Broadcast<GangTask.Network> before = rows.spark().broadcast(network);
    try {
      network =
          rows.together(new GangTask(beginning, counts, rows.mostRows(), number, factor, before));
    } finally {
      before.destroy();
    }
    return network.loss() / rows.rows();
  }

  @Override
  public long stepsPerEpoch() {
    return rows.stepsPerEpoch();
  }

  @Override
  public float[] parameters() {
    return network.parameters();
  }

  @Override
  public TrainingState.Memory memory() {
    return network.memory();
  }

  @Override
  public void restore(float[] parameters, TrainingState.Memory memory) {
    network = GangTask.Network.of(parameters, memory, 0);
  }

  @Override
  public FloatMatrix predictions(RowSet of, float[] parameters) {
    return rows.predictions(of, parameters);
  }

  @Override
  public TrainedModel model(float[] parameters) {
    TrainingPlan plan = beginning.plan();
    return plan.engine().gangs().orElseThrow().model(plan.network(), plan.training(), parameters);
  }

  @Override
  public void close() {
    rows.close();
  }
}
