package org.fettle.optimizers.dl4j;

import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.engine.Continuation;
import org.fettle.optimizers.engine.EpochReport;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainingRun;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One run in training. Drives the network step by step: {@code fit} would wrap each batch, keep its
 * own counts and write a dump into the working directory when memory ends.
 */
final class Dl4jRun {

  private final TrainingRun run;
  private final MultiLayerNetwork network;
  private final Updater updater;
  private final INDArray gradients;
  private final Dl4jModel model;
  private final RowLoss loss;
  private final Batches batches;
  private final SplittableRandom orders;
  private final SplittableRandom dropouts;
  private int steps;

  private Dl4jRun(TrainingRun run) {
    this.run = run;
    SplittableRandom random = new SplittableRandom(run.seed());
    orders = random.split();
    dropouts = random.split();
    network =
        new MultiLayerNetwork(Networks.training(run.network(), run.spec(), random.nextLong()));
    network.init();
    network.initGradientsView();
    // Kept here: the network forgets its own in clear().
    updater = network.getUpdater();
    gradients = network.getFlattenedGradients().reshape(network.params().shape());
    model = new Dl4jModel(run, network, updater);
    int batchSize = Math.min(run.spec().batchSize(), run.training().rows());
    loss = new RowLoss(run.spec().loss(), batchSize);
    ((BaseOutputLayer) network.getOutputLayer().conf().getLayer()).setLossFn(loss);
    batches = new Batches(run, batchSize);
  }

  /** Trains a run to its end. Where it has no model as a result, its memory is freed. */
  static RunResult train(TrainingRun run, Function<EpochReport, Continuation> listener) {
    Dl4jRun training = new Dl4jRun(run);
    boolean trained = false;
    try {
      RunResult result = training.train(listener);
      trained = result instanceof RunResult.Trained;
      return result;
    } finally {
      training.batches.close();
      if (!trained) {
        training.model.close();
      }
    }
  }

  private RunResult train(Function<EpochReport, Continuation> listener) {
    int epochs = run.spec().epochs();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      double sum = epoch();
      if (!Double.isFinite(sum)) {
        return new RunResult.Diverged(epoch, "Loss must be finite, but was " + sum);
      }
      double parameters = network.params().sumNumber().doubleValue();
      if (!Double.isFinite(parameters)) {
        return new RunResult.Diverged(
            epoch, "Sum of parameters must be finite, but was " + parameters);
      }
      EpochReport report =
          new EpochReport(epoch, sum / run.training().rows(), this::validationPredictions);
      if (listener.apply(report) == Continuation.STOP) {
        return new RunResult.Stopped(epoch);
      }
    }
    return new RunResult.Trained(epochs, model);
  }

  private FloatMatrix validationPredictions() {
    Examples validation =
        run.validation().orElseThrow(() -> new IllegalStateException("Run has no validation rows"));
    return model.predictions(validation.features());
  }

  /** Returns the summed loss of an epoch's rows, or the first that was not finite. */
  private double epoch() {
    // Weights and dropout draw from the thread's own generator, which other runs use too.
    Nd4j.getRandom().setSeed(dropouts.nextLong());
    batches.shuffle(orders);
    double sum = 0;
    for (int start = 0; start < run.training().rows(); start += batches.size()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("Training was interrupted in step " + (steps + 1));
      }
      step(batches.load(start, loss.targets()));
      if (!Double.isFinite(loss.lossOfStep())) {
        return loss.lossOfStep();
      }
      sum += loss.lossOfStep();
    }
    return sum;
  }

  private void step(INDArray features) {
    network.setInput(features);
    network.setLabels(features);
    network.computeGradientAndScore();
    updater.update(
        network,
        network.gradient(),
        steps,
        0,
        (int) features.size(0),
        LayerWorkspaceMgr.noWorkspaces());
    network.params().subi(gradients);
    steps++;
  }
}
