package org.fettle.optimizers.engine;

import java.util.Arrays;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Loss;

/**
 * The mean loss of a dense network in doubles, and its gradient by central differences. Parameters
 * are, layer by layer, the weights, input by input, then the biases.
 */
final class DenseReference {

  private final NetworkSpec network;
  private final Examples examples;
  private final Loss loss;

  DenseReference(NetworkSpec network, Examples examples, Loss loss) {
    this.network = network;
    this.examples = examples;
    this.loss = loss;
  }

  double[] gradient(double[] parameters) {
    double step = 1e-5;
    double[] gradient = new double[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      double[] moved = parameters.clone();
      moved[i] = parameters[i] + step;
      double above = loss(moved);
      moved[i] = parameters[i] - step;
      gradient[i] = (above - loss(moved)) / (2 * step);
    }
    return gradient;
  }

  double loss(double[] parameters) {
    double sum = 0;
    for (int row = 0; row < examples.rows(); row++) {
      sum += loss(outputs(parameters, row), examples.targets()[row]);
    }
    return sum / examples.rows();
  }

  private double loss(double[] sums, double target) {
    if (loss instanceof Loss.CrossEntropy cross) {
      return crossEntropy(cross, sums, (int) target);
    }
    if (loss instanceof Loss.Hinge hinge) {
      double missing = 0;
      for (int i = 0; i < sums.length; i++) {
        missing = i == (int) target ? missing : Math.max(missing, 1 + sums[i] - sums[(int) target]);
      }
      return hinge.squared() ? missing * missing : missing;
    }
    double error = sums[0] - target;
    if (loss instanceof Loss.MeanSquaredError) {
      return error * error;
    }
    if (loss instanceof Loss.MeanAbsoluteError) {
      return Math.abs(error);
    }
    if (loss instanceof Loss.Huber huber) {
      double size = Math.abs(error);
      return size <= huber.delta()
          ? error * error / 2
          : huber.delta() * size - huber.delta() * huber.delta() / 2;
    }
    if (loss instanceof Loss.Poisson) {
      return Math.exp(sums[0]) - target * sums[0];
    }
    throw new AssertionError(loss);
  }

  private double crossEntropy(Loss.CrossEntropy cross, double[] sums, int target) {
    double total = Arrays.stream(sums).map(Math::exp).sum();
    double row = 0;
    for (int i = 0; i < sums.length; i++) {
      double expected = cross.smoothing() / sums.length + (i == target ? 1 - cross.smoothing() : 0);
      row -= expected * Math.log(Math.exp(sums[i]) / total);
    }
    if (cross.classWeights() == Loss.ClassWeights.NONE) {
      return row;
    }
    double[] counts = new double[sums.length];
    for (float each : examples.targets()) {
      counts[(int) each]++;
    }
    double present = Arrays.stream(counts).filter(count -> count > 0).count();
    return row * examples.rows() / (present * counts[target]);
  }

  private double[] outputs(double[] parameters, int row) {
    double[] values = new double[network.inputs()];
    for (int input = 0; input < values.length; input++) {
      values[input] = examples.features().at(row, input);
    }
    int offset = 0;
    for (Layer layer : network.layers()) {
      if (layer instanceof Layer.Dropout) {
        continue;
      }
      Layer.Dense dense = (Layer.Dense) layer;
      double[] sums = sums(values, dense.units(), parameters, offset);
      offset += (values.length + 1) * dense.units();
      values =
          Arrays.stream(sums)
              .map(sum -> NetworkReference.activate(dense.activation(), sum))
              .toArray();
    }
    return sums(values, network.outputs(), parameters, offset);
  }

  private static double[] sums(double[] values, int units, double[] parameters, int offset) {
    double[] sums = new double[units];
    for (int unit = 0; unit < units; unit++) {
      for (int input = 0; input < values.length; input++) {
        sums[unit] += values[input] * parameters[offset + input * units + unit];
      }
      sums[unit] += parameters[offset + values.length * units + unit];
    }
    return sums;
  }
}
