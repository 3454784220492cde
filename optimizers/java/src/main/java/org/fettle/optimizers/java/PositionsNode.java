package org.fettle.optimizers.java;

import java.util.Arrays;
import java.util.Optional;
import org.fettle.optimizers.loop.Block;
import org.fettle.optimizers.network.Layer.Positions;
import org.fettle.optimizers.network.Shape;

/** Adds the vector of its place to each step. */
final class PositionsNode implements Node {

  private final Parameters parameters;
  private final Optional<Block> learned;
  private final float[] fixed;
  private final int size;
  private float[] outputs = new float[0];

  PositionsNode(Parameters parameters, Positions layer, Shape.Sequence input) {
    this.parameters = parameters;
    this.size = input.size();
    this.learned =
        layer.kind() == Positions.Kind.LEARNED ? Optional.of(parameters.next()) : Optional.empty();
    this.fixed = learned.isPresent() ? new float[0] : Positions.sinusoids(input);
  }

  @Override
  public float[] forward(Batch batch, float[] inputs) {
    outputs = Node.room(outputs, batch.rows() * size);
    float[] added = learned.isPresent() ? parameters.values() : fixed;
    int offset = learned.map(Block::offset).orElse(0);
    for (int row = 0; row < batch.rows(); row++) {
      for (int i = 0; i < size; i++) {
        outputs[row * size + i] = inputs[row * size + i] + added[offset + i];
      }
    }
    return outputs;
  }

  @Override
  public float[] backward(Batch batch, float[] gradients) {
    if (learned.isPresent()) {
      int offset = learned.get().offset();
      float[] sums = parameters.gradients();
      Arrays.fill(sums, offset, offset + size, 0);
      for (int row = 0; row < batch.rows(); row++) {
        for (int i = 0; i < size; i++) {
          sums[offset + i] += gradients[row * size + i];
        }
      }
    }
    return gradients;
  }
}
