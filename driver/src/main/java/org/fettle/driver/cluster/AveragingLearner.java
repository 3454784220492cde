package org.fettle.driver.cluster;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.DoubleAccumulator;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.fettle.executor.data.RowSet;
import org.fettle.executor.run.SpreadLearner;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.dl4j.ShippedNetwork;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.search.numeric.Seeds;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** A network whose workers average their parameters after each round of steps. */
final class AveragingLearner implements SpreadLearner {

  private final DealtRows rows;
  private final ShippedNetwork network;

  AveragingLearner(DealtRows rows, ShippedNetwork network) {
    this.rows = rows;
    this.network = network;
  }

  @Override
  public double epoch(int number, double factor) {
    network.factor(factor);
    long seed = Seeds.derive(rows.seed(), number, "epoch");
    List<JavaRDD<MultiDataSet>> rounds = new ArrayList<>();
    for (long from = 0; from < rows.stepsPerEpoch(); from += rows.every()) {
      rounds.add(rows.batches(seed, (int) from, rows.every()));
    }
    DoubleAccumulator loss = rows.accumulator();
    RoundsMaster master =
        new RoundsMaster(
            rows.workers(), rows.batchSize(), rows.every(), new StepHook(seed, loss), rounds);
    SparkComputationGraph graph = new SparkComputationGraph(rows.spark(), network.graph(), master);
    master.executeTrainingMDS(graph, rounds.get(0));
    return loss.value() / rows.rows();
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
    return new TrainingState.Memory(List.of(network.memory()), new double[0]);
  }

  @Override
  public void restore(float[] parameters, TrainingState.Memory memory) {
    network.setParameters(parameters);
    network.setMemory(memory.arrays().get(0));
  }

  @Override
  public FloatMatrix predictions(RowSet of, float[] parameters) {
    return rows.predictions(of, parameters);
  }

  @Override
  public TrainedModel model(float[] parameters) {
    return network.model(parameters);
  }

  @Override
  public void close() {
    network.close();
    rows.close();
  }
}
