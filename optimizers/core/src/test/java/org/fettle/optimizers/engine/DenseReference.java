package org.fettle.optimizers.engine;

import java.util.Arrays;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;

/**
 * The mean cross-entropy of a dense network in doubles, and its gradient by central differences.
 * Parameters are, layer by layer, the weights, input by input, then the biases.
 */
final class DenseReference {

  private final NetworkSpec network;
  private final Examples examples;

  DenseReference(NetworkSpec network, Examples examples) {
    this.network = network;
    this.examples = examples;
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
      double[] sums = outputs(parameters, row);
      double total = Arrays.stream(sums).map(Math::exp).sum();
      sum += Math.log(total) - sums[(int) examples.targets()[row]];
    }
    return sum / examples.rows();
  }

  private double[] outputs(double[] parameters, int row) {
    double[] values = new double[network.inputs()];
    for (int input = 0; input < values.length; input++) {
      values[input] = examples.features().at(row, input);
    }
    int offset = 0;
    for (Layer layer : network.layers()) {
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
