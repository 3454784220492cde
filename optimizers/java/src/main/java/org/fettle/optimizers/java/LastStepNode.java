package org.fettle.optimizers.java;

import java.util.Arrays;
import org.fettle.optimizers.network.Shape;

/** The last step of each sequence. */
final class LastStepNode implements Node {

  private final Shape.Sequence input;
  private float[] outputs = new float[0];
  private float[] gradientsOfInputs = new float[0];

  LastStepNode(Shape.Sequence input) {
    this.input = input;
  }

  private int last(Batch batch, int row) {
    return row * input.size() + (batch.lengths()[row] - 1) * input.features();
  }

  @Override
  public float[] forward(Batch batch, float[] inputs) {
    int width = input.features();
    outputs = Node.room(outputs, batch.rows() * width);
    for (int row = 0; row < batch.rows(); row++) {
      System.arraycopy(inputs, last(batch, row), outputs, row * width, width);
    }
    return outputs;
  }

  @Override
  public float[] backward(Batch batch, float[] gradients) {
    int width = input.features();
    int length = batch.rows() * input.size();
    gradientsOfInputs = Node.room(gradientsOfInputs, length);
    Arrays.fill(gradientsOfInputs, 0, length, 0);
    for (int row = 0; row < batch.rows(); row++) {
      System.arraycopy(gradients, row * width, gradientsOfInputs, last(batch, row), width);
    }
    return gradientsOfInputs;
  }
}
