package org.fettle.optimizers.java;

import org.fettle.optimizers.loop.Block;
import org.fettle.optimizers.network.Layer.Recurrent.Cell;

/**
 * Where the parameters of a reading lie.
 *
 * @param biases the first of them
 */
record ReadingBlocks(Block weights, Block recurrent, int biases) {

  static ReadingBlocks next(Parameters parameters, Cell cell) {
    ReadingBlocks blocks =
        new ReadingBlocks(parameters.next(), parameters.next(), parameters.next().offset());
    if (cell == Cell.LSTM) {
      // Its biases are three blocks, as they begin otherwise.
      parameters.next();
      parameters.next();
    }
    return blocks;
  }

  int inputs() {
    return weights.perUnit();
  }

  int units() {
    return recurrent.perUnit();
  }

  /** Numbers that a sum is made of: inputs, states and 1. */
  int seen() {
    return inputs() + units() + 1;
  }

  /** Copies one sum's parameters into the matrix. */
  void pack(float[] parameters, int sum, float[] matrix) {
    int to = sum * seen();
    System.arraycopy(parameters, weights.offset() + sum * inputs(), matrix, to, inputs());
    System.arraycopy(
        parameters, recurrent.offset() + sum * units(), matrix, to + inputs(), units());
    matrix[to + seen() - 1] = parameters[biases + sum];
  }

  /** Copies one sum's gradients out of the matrix. */
  void unpack(float[] matrix, int sum, float[] gradients) {
    int from = sum * seen();
    System.arraycopy(matrix, from, gradients, weights.offset() + sum * inputs(), inputs());
    System.arraycopy(
        matrix, from + inputs(), gradients, recurrent.offset() + sum * units(), units());
    gradients[biases + sum] = matrix[from + seen() - 1];
  }
}
