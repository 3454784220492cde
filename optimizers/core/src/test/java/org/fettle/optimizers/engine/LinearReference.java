package org.fettle.optimizers.engine;

import java.util.Arrays;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.optimizers.training.Updater;

/**
 * A linear network from zero weights, trained on all rows at once in doubles, as {@link
 * TrainingSpec} and {@link Updater} describe it. Parameters are the weights, input by input, then
 * the biases.
 */
final class LinearReference {

  private final Examples examples;
  private final int outputs;
  private final double[] parameters;
  private final double[] first;
  private final double[] second;

  LinearReference(Examples examples, int outputs) {
    this.examples = examples;
    this.outputs = outputs;
    int size = (examples.features().columns() + 1) * outputs;
    parameters = new double[size];
    first = new double[size];
    second = new double[size];
  }

  /** Returns the parameters after the epochs of the training, each of one step. */
  double[] train(TrainingSpec spec) {
    for (int step = 1; step <= spec.epochs(); step++) {
      double[] gradient = gradient(spec);
      for (int i = 0; i < parameters.length; i++) {
        update(spec.updater(), step, i, gradient[i]);
      }
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

  private void update(Updater updater, int step, int i, double gradient) {
    if (updater instanceof Updater.Sgd sgd) {
      first[i] = sgd.momentum() * first[i] - sgd.learningRate() * gradient;
      parameters[i] += sgd.momentum() * first[i] - sgd.learningRate() * gradient;
    } else if (updater instanceof Updater.Adam adam) {
      first[i] = adam.beta1() * first[i] + (1 - adam.beta1()) * gradient;
      second[i] = adam.beta2() * second[i] + (1 - adam.beta2()) * gradient * gradient;
      double rate =
          adam.learningRate()
              * Math.sqrt(1 - Math.pow(adam.beta2(), step))
              / (1 - Math.pow(adam.beta1(), step));
      parameters[i] -= rate * first[i] / (Math.sqrt(second[i]) + adam.epsilon());
    } else {
      throw new AssertionError(updater);
    }
  }
}
