package org.fettle.optimizers.dl4j;

import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.fettle.optimizers.network.Initialisation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gives weights their first values. Deeplearning4j's own have no orthogonal ones, and a bound of
 * 3/√in for LeCun's uniform ones in the place of √(3/in).
 */
final class Weights implements IWeightInit {

  private static final long serialVersionUID = 1;

  private final Initialisation initialisation;
  private final transient RandomGenerator random;

  Weights(Initialisation initialisation, RandomGenerator random) {
    this.initialisation = initialisation;
    this.random = random;
  }

  @Override
  public INDArray init(double fanIn, double fanOut, long[] shape, char order, INDArray parameters) {
    float[] values = new float[Math.toIntExact(parameters.length())];
    initialisation.fill(values, perUnit(shape, order), fanIn, fanOut, random);
    try (INDArray filled = Nd4j.createFromArray(values)) {
      parameters.assign(filled.reshape(parameters.shape()));
    }
    return parameters.reshape(order, shape);
  }

  /** How many weights lie together that lead into one unit, be it a column or a filter. */
  static int perUnit(long[] shape, char order) {
    long perUnit = 1;
    if (order == 'f') {
      perUnit = shape[0];
    } else {
      for (int i = 1; i < shape.length; i++) {
        perUnit *= shape[i];
      }
    }
    return Math.toIntExact(perUnit);
  }
}
