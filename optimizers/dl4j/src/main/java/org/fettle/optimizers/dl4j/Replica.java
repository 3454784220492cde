package org.fettle.optimizers.dl4j;

import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.training.ParameterBlock;
import org.fettle.optimizers.training.RowLoss;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A copy of a run's network that computes gradients. After it is made it belongs to one thread, of
 * which it uses the workspaces and the generator of random numbers.
 */
final class Replica implements AutoCloseable {

  private final MultiLayerNetwork network;
  private final Dl4jModel model;
  private final SumsLoss loss;
  private final Batches batches;
  private final FloatPointer parameters;
  private final FloatPointer gradients;
  private SplittableRandom noise = new SplittableRandom();

  /**
   * A replica for batches of at most so many rows.
   *
   * @param seed of the first weights
   */
  Replica(TrainingRun run, RowLoss rowLoss, int[] order, int batchSize, long seed) {
    network = new MultiLayerNetwork(Networks.training(run.network(), seed));
    network.init();
    network.initGradientsView();
    model = new Dl4jModel(run, network);
    parameters = Floats.pointer(network.params());
    gradients = Floats.pointer(network.getFlattenedGradients());
    loss = new SumsLoss(rowLoss, batchSize);
    ((BaseOutputLayer) network.getOutputLayer().conf().getLayer()).setLossFn(loss);
    batches = new Batches(run, order, batchSize);
  }

  Dl4jModel model() {
    return model;
  }

  List<ParameterBlock> blocks() {
    return ParameterBlocks.of(network.getLayers());
  }

  /** A copy of the parameters. */
  float[] parameters() {
    float[] values = new float[Math.toIntExact(network.params().length())];
    parameters.get(values, 0, values.length);
    return values;
  }

  void setParameters(float[] values) {
    parameters.put(values, 0, values.length);
  }

  /** Begins an epoch, on the replica's own thread. */
  void begin(SplittableRandom random) {
    // Dropout draws from the thread's own generator, which other runs use too.
    Nd4j.getRandom().setSeed(random.nextLong());
    noise = random;
  }

  /**
   * Computes the gradient of the mean loss over {@code batchRows} rows as far as it comes from
   * those from one place in the order to before another.
   *
   * @return the summed loss of these rows
   */
  double gradient(int from, int to, int batchRows, float[] result) {
    loss.meanOver(batchRows);
    INDArray features = batches.load(from, to, loss.targets(), noise);
    network.setInput(features);
    network.setLabels(features);
    network.computeGradientAndScore();
    gradients.get(result, 0, result.length);
    return loss.lossOfStep();
  }

  /** Frees what is not the model's. */
  @Override
  public void close() {
    batches.close();
  }
}
