package org.fettle.optimizers.java;

import java.util.Arrays;
import org.fettle.optimizers.loop.Block;

/** The features of each vector to mean 0 and variance 1, then scaled and shifted. */
final class LayerNormalisationNode implements Node {

  private final Parameters parameters;
  private final Block scales;
  private final Block shifts;
  private final int width;
  private final int vectors;
  private float[] inverses = new float[0];
  private float[] normal = new float[0];
  private float[] outputs = new float[0];

  /** For rows of so many vectors of so many features. */
  LayerNormalisationNode(Parameters parameters, int width, int vectors) {
    this.parameters = parameters;
    this.width = width;
    this.vectors = vectors;
    this.scales = parameters.next();
    this.shifts = parameters.next();
  }

  @Override
  public float[] forward(Batch batch, float[] inputs) {
    int count = batch.rows() * vectors;
    inverses = Node.room(inverses, count);
    normal = Node.room(normal, count * width);
    outputs = Node.room(outputs, count * width);
    for (int vector = 0; vector < count; vector++) {
      normalise(inputs, vector);
    }
    return outputs;
  }

  private void normalise(float[] inputs, int vector) {
    int from = vector * width;
    float sum = 0;
    for (int i = from; i < from + width; i++) {
      sum += inputs[i];
    }
    float mean = sum / width;
    float squares = 0;
    for (int i = from; i < from + width; i++) {
      squares += (inputs[i] - mean) * (inputs[i] - mean);
    }
    float inverse = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares / width));
    inverses[vector] = inverse;
    float[] values = parameters.values();
    for (int i = 0; i < width; i++) {
      normal[from + i] = (inputs[from + i] - mean) * inverse;
      outputs[from + i] =
          normal[from + i] * values[scales.offset() + i] + values[shifts.offset() + i];
    }
  }

  @Override
  public float[] backward(Batch batch, float[] gradients) {
    float[] ofParameters = parameters.gradients();
    Arrays.fill(ofParameters, scales.offset(), scales.offset() + width, 0);
    Arrays.fill(ofParameters, shifts.offset(), shifts.offset() + width, 0);
    for (int vector = 0; vector < batch.rows() * vectors; vector++) {
      backward(gradients, vector);
    }
    return gradients;
  }

  private void backward(float[] gradients, int vector) {
    float[] ofParameters = parameters.gradients();
    float[] values = parameters.values();
    int from = vector * width;
    float sum = 0;
    float product = 0;
    for (int i = 0; i < width; i++) {
      float gradient = gradients[from + i];
      ofParameters[shifts.offset() + i] += gradient;
      ofParameters[scales.offset() + i] += gradient * normal[from + i];
      float scaled = gradient * values[scales.offset() + i];
      gradients[from + i] = scaled;
      sum += scaled;
      product += scaled * normal[from + i];
    }
    for (int i = from; i < from + width; i++) {
      gradients[i] = (gradients[i] - sum / width - normal[i] * product / width) * inverses[vector];
    }
  }
}
