package org.fettle.optimizers.java;

import java.util.SplittableRandom;

/** Leaves out numbers while training, and raises the others. */
final class DropoutNode implements Node {

  private static final double INTEGERS = 4294967296.0;

  private final int size;
  private final int threshold;
  private final float raised;
  private float[] factors = new float[0];
  private float[] outputs = new float[0];

  DropoutNode(double rate, int size) {
    this.size = size;
    this.threshold = (int) Math.round(rate * INTEGERS + Integer.MIN_VALUE);
    this.raised = (float) (1 / (1 - rate));
  }

  @Override
  public float[] forward(Batch batch, float[] inputs) {
    if (!batch.training()) {
      return inputs;
    }
    SplittableRandom random = batch.dropouts().orElseThrow();
    int length = batch.rows() * size;
    factors = Node.room(factors, length);
    outputs = Node.room(outputs, length);
    for (int i = 0; i < length; i++) {
      factors[i] = random.nextInt() < threshold ? 0 : raised;
    }
    for (int i = 0; i < length; i++) {
      outputs[i] = inputs[i] * factors[i];
    }
    return outputs;
  }

  @Override
  public float[] backward(Batch batch, float[] gradients) {
    for (int i = 0; i < batch.rows() * size; i++) {
      gradients[i] *= factors[i];
    }
    return gradients;
  }
}
