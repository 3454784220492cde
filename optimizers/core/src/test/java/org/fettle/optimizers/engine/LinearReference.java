package org.fettle.optimizers.engine;

import java.util.Arrays;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.optimizers.training.Updater;
import org.fettle.optimizers.training.UpdaterReference;

/**
 * A linear network from zero weights, trained on all rows at once in doubles, as {@link
 * TrainingSpec} and {@link Updater} describe it. Parameters are the weights, input by input, then
 * the biases.
 */
final class LinearReference {

  private final Examples examples;
  private final int outputs;
  private final double[] parameters;

  LinearReference(Examples examples, int outputs) {
    this.examples = examples;
    this.outputs = outputs;
    parameters = new double[(examples.features().columns() + 1) * outputs];
  }

  /** Returns the parameters after the epochs of the training, each of one step. */
  double[] train(TrainingSpec spec) {
    UpdaterReference updater = new UpdaterReference(spec.updater(), parameters.length);
    int weights = examples.features().columns() * outputs;
    for (int step = 1; step <= spec.epochs(); step++) {
      double[] gradient = gradient(spec);
      for (int i = 0; i < weights; i++) {
        parameters[i] *= 1 - spec.updater().learningRate() * spec.updater().weightDecay();
      }
      updater.step(parameters, gradient, 1);
    }
    return parameters;
  }

  private double[] gradient(TrainingSpec spec) {
    int inputs = examples.features().columns();
    double[] gradient = new double[parameters.length];
    for (int row = 0; row < examples.rows(); row++) {
      double[] error = error(spec.loss(), row);
      for (int output = 0; output < outputs; output++) {
        for (int input = 0; input < inputs; input++) {
          gradient[input * outputs + output] +=
              error[output] * examples.features().at(row, input) / examples.rows();
        }
        gradient[inputs * outputs + output] += error[output] / examples.rows();
      }
    }
    for (int i = 0; i < inputs * outputs; i++) {
      gradient[i] += spec.regularisation().l2() * parameters[i];
    }
    return gradient;
  }

  private double[] error(Loss loss, int row) {
    int inputs = examples.features().columns();
    double[] sums = Arrays.copyOfRange(parameters, inputs * outputs, parameters.length);
    for (int input = 0; input < inputs; input++) {
      for (int output = 0; output < outputs; output++) {
        sums[output] += parameters[input * outputs + output] * examples.features().at(row, input);
      }
    }
    if (loss instanceof Loss.MeanSquaredError) {
      return new double[] {2 * (sums[0] - examples.targets()[row])};
    }
    double total = Arrays.stream(sums).map(Math::exp).sum();
    double[] error = Arrays.stream(sums).map(sum -> Math.exp(sum) / total).toArray();
    error[(int) examples.targets()[row]] -= 1;
    return error;
  }
}
