package org.fettle.optimizers.java;

import java.util.Arrays;
import org.fettle.optimizers.network.Shape;

/** The numbers of a sequence as they lie, with zeros for the steps that it lacks. */
final class FlattenNode implements Node {

  private final Shape.Sequence input;
  private float[] outputs = new float[0];

  FlattenNode(Shape.Sequence input) {
    this.input = input;
  }

  @Override
  public float[] forward(Batch batch, float[] inputs) {
    int length = batch.rows() * input.size();
    outputs = Node.room(outputs, length);
    System.arraycopy(inputs, 0, outputs, 0, length);
    clear(batch, outputs);
    return outputs;
  }

  @Override
  public float[] backward(Batch batch, float[] gradients) {
    clear(batch, gradients);
    return gradients;
  }

  private void clear(Batch batch, float[] values) {
    for (int row = 0; row < batch.rows(); row++) {
      int from = row * input.size();
      Arrays.fill(values, from + batch.lengths()[row] * input.features(), from + input.size(), 0);
    }
  }
}
