package org.fettle.optimizers.java;

/** What its layers give, and their inputs added to it. */
final class ResidualNode implements Node {

  private final Node inner;
  private final int size;
  private float[] outputs = new float[0];
  private float[] gradientsOfOutputs = new float[0];

  ResidualNode(Node inner, int size) {
    this.inner = inner;
    this.size = size;
  }

  @Override
  public float[] forward(Batch batch, float[] inputs) {
    int length = batch.rows() * size;
    outputs = Node.room(outputs, length);
    float[] added = inner.forward(batch, inputs);
    for (int i = 0; i < length; i++) {
      outputs[i] = inputs[i] + added[i];
    }
    return outputs;
  }

  @Override
  public float[] backward(Batch batch, float[] gradients) {
    int length = batch.rows() * size;
    gradientsOfOutputs = Node.room(gradientsOfOutputs, length);
    System.arraycopy(gradients, 0, gradientsOfOutputs, 0, length);
    float[] added = inner.backward(batch, gradients);
    for (int i = 0; i < length; i++) {
      gradientsOfOutputs[i] += added[i];
    }
    return gradientsOfOutputs;
  }

  @Override
  public void close() {
    inner.close();
  }
}
