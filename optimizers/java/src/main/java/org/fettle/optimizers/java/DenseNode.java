package org.fettle.optimizers.java;

import org.fettle.optimizers.loop.Block;

/** x·Wᵀ + b for each row, or for each step of each row. */
final class DenseNode implements Node {

  private final Parameters parameters;
  private final Block weights;
  private final Block biases;
  private final int vectors;
  private final boolean inputGradients;
  private final Native inputs = new Native();
  private final Native outputs = new Native();
  private float[] sums = new float[0];
  private float[] gradientsOfInputs = new float[0];

  /** A layer that sees so many vectors of each row: the steps of a sequence, or one. */
  DenseNode(Parameters parameters, int vectors, boolean inputGradients) {
    this.parameters = parameters;
    this.weights = parameters.next();
    this.biases = parameters.next();
    this.vectors = vectors;
    this.inputGradients = inputGradients;
  }

  @Override
  public float[] forward(Batch batch, float[] values) {
    int rows = batch.rows() * vectors;
    int units = weights.units();
    int width = weights.perUnit();
    sums = Node.room(sums, rows * units);
    Blas.multiplyByTransposed(
        rows,
        units,
        width,
        inputs.put(values, rows * width),
        parameters.at(weights),
        0,
        outputs.room(rows * units));
    outputs.get(sums, 0, rows * units);
    Biases.add(parameters, biases, sums, rows);
    return sums;
  }

  @Override
  public float[] backward(Batch batch, float[] gradients) {
    int rows = batch.rows() * vectors;
    int units = weights.units();
    int width = weights.perUnit();
    Biases.sum(parameters, biases, gradients, rows);
    var given = outputs.put(gradients, rows * units);
    Blas.multiplyTransposed(
        units, width, rows, given, inputs.at(0), 0, parameters.gradient(weights));
    parameters.fetch(weights);
    if (inputGradients) {
      gradientsOfInputs = Node.room(gradientsOfInputs, rows * width);
      Blas.multiply(
          rows, width, units, given, parameters.at(weights), 0, inputs.room(rows * width));
      inputs.get(gradientsOfInputs, 0, rows * width);
    }
    return gradientsOfInputs;
  }

  @Override
  public void close() {
    inputs.close();
    outputs.close();
  }
}
