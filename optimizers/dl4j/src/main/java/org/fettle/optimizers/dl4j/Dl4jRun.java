package org.fettle.optimizers.dl4j;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.engine.Continuation;
import org.fettle.optimizers.engine.EpochReport;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainingRun;

/** One run in training. */
final class Dl4jRun {

  private final TrainingRun run;
  private final Net net;
  private final Dl4jModel model;
  private final Update update;
  private final int batchSize;
  private final int[] order;
  private final SplittableRandom orders;
  private final SplittableRandom dropouts;
  private int steps;

  private Dl4jRun(TrainingRun run) {
    this.run = run;
    SplittableRandom random = new SplittableRandom(run.seed());
    orders = random.split();
    dropouts = random.split();
    net = new Net(run.network(), random.split());
    model = new Dl4jModel(run, net);
    update = new Update(run.spec(), net.parameters());
    batchSize = Math.min(run.spec().batchSize(), run.training().rows());
    order = new int[run.training().rows()];
    for (int row = 0; row < order.length; row++) {
      order[row] = row;
    }
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
      double parameters = sum(net.parameters().values());
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

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private FloatMatrix validationPredictions() {
    Examples validation =
        run.validation().orElseThrow(() -> new IllegalStateException("Run has no validation rows"));
    return model.predict(validation.features());
  }

  /** Returns the summed loss of an epoch's rows, or the first that was not finite. */
  private double epoch() {
    shuffle();
    double sum = 0;
    for (int start = 0; start < order.length; start += batchSize) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("Training was interrupted in step " + (steps + 1));
      }
      double loss = step(start, Math.min(batchSize, order.length - start));
      if (!Double.isFinite(loss)) {
        return loss;
      }
      sum += loss;
    }
    return sum;
  }

  /** A new order of the rows, by Fisher and Yates. */
  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = orders.nextInt(i + 1);
      int row = order[i];
      order[i] = order[j];
      order[j] = row;
    }
  }

  private double step(int start, int rows) {
    Examples examples = run.training();
    int outputs = run.network().outputs();
    float[] sums = net.forward(examples.features(), order, start, rows, Optional.of(dropouts));
    double loss = 0;
    for (int row = 0; row < rows; row++) {
      float target = examples.targets()[order[start + row]];
      loss += RowLoss.gradient(run.spec().loss(), sums, row * outputs, outputs, target, 1f / rows);
    }
    net.backward(sums);
    update.step();
    steps++;
    return loss;
  }
}
