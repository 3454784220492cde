package org.fettle.optimizers.dl4j;

import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.loop.LearnerFactory;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;
import org.fettle.optimizers.training.TrainingSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** What workers need around a {@link ShippedNetwork}. Any thread. */
public final class Shipping {

  private Shipping() {}

  /** A batch in Deeplearning4j's terms, in memory of its own. */
  public static MultiDataSet batch(Shape shape, boolean flat, int outputs, Examples rows) {
    Inputs.Input input =
        new Inputs(shape, flat).of(rows.features().values().clone(), 0, rows.rows());
    float[] labels = new float[rows.rows() * outputs];
    for (int row = 0; row < rows.rows(); row++) {
      labels[row * outputs] = rows.targets()[row];
    }
    return new MultiDataSet(
        new INDArray[] {input.features()},
        new INDArray[] {Nd4j.create(labels, new long[] {rows.rows(), outputs}, 'c')},
        input.mask().map(mask -> new INDArray[] {mask}).orElse(null),
        null);
  }

  /** Whether rows of a network come flat, whatever they are. */
  public static boolean isFlat(NetworkSpec network) {
    return !network.layers().isEmpty() && network.layers().get(0) instanceof Layer.Flatten;
  }

  /** Before a worker's step: as many native threads as its task may use, and dropout of its own. */
  public static void prepare(int threads, long seed) {
    NativeThreads.use(threads);
    Nd4j.getRandom().setSeed(seed);
  }

  /**
   * Of the step that this thread has just taken, the loss without penalty, summed over its rows.
   */
  public static double lossOfStep(Model model) {
    BaseOutputLayer layer =
        (BaseOutputLayer) ((ComputationGraph) model).getLayer(Translation.OUTPUT).conf().getLayer();
    return ((ShippedLoss) layer.getLossFn()).lossOfStep();
  }

  static RandomGenerator weights(NetworkSpec network, TrainingSpec spec, long seed) {
    return beginning(network, spec, seed).weights();
  }

  static Dl4jNetwork network(NetworkSpec network, TrainingSpec spec, float[] parameters) {
    Dl4jNetwork made = new Dl4jNetwork(beginning(network, spec, 0), Devices.NONE, 0);
    made.setParameters(parameters);
    return made;
  }

  /** Networks begin with a run: one of a single row that nobody trains. */
  private static LearnerFactory.Beginning beginning(
      NetworkSpec network, TrainingSpec spec, long seed) {
    FloatMatrix row = new FloatMatrix(1, network.inputs(), new float[network.inputs()]);
    TrainingRun run = TrainingRun.of(network, spec, new Examples(row, new float[] {1}), seed);
    return new LearnerFactory.Beginning(
        run, spec.loss().on(run.training().targets(), network.outputs()), seed);
  }
}
