package org.fettle.optimizers.java;

import org.fettle.optimizers.network.Activation;

/** A function of each number. */
final class ActivationNode implements Node {

  private final Activation activation;
  private final int size;
  private float[] inputs = new float[0];
  private float[] outputs = new float[0];

  ActivationNode(Activation activation, int size) {
    this.activation = activation;
    this.size = size;
  }

  @Override
  public float[] forward(Batch batch, float[] inputs) {
    this.inputs = inputs;
    int length = batch.rows() * size;
    outputs = Node.room(outputs, length);
    Functions.apply(activation, inputs, outputs, length);
    return outputs;
  }

  @Override
  public float[] backward(Batch batch, float[] gradients) {
    Functions.multiply(activation, inputs, outputs, gradients, batch.rows() * size);
    return gradients;
  }
}
