package org.fettle.optimizers.java;

import org.fettle.optimizers.loop.Block;

/**
 * Gated recurrent units. Their sums are, of all units one after the other: of the reset gates, of
 * the update gates, what they take in of the inputs, and what they take in of the states.
 */
final class GatedUnits implements Units {

  private final ReadingBlocks blocks;
  private final int units;

  /** The biases of the states begin so many places behind those of the inputs. */
  private final int further;

  private int numbers;

  GatedUnits(ReadingBlocks blocks) {
    this.blocks = blocks;
    this.units = blocks.units();
    this.further = 3 * units;
  }

  @Override
  public int sums() {
    return 4 * units;
  }

  @Override
  public void pack(float[] parameters, float[] matrix) {
    int seen = blocks.seen();
    int inputs = blocks.inputs();
    for (int sum = 0; sum < 3 * units; sum++) {
      blocks.pack(parameters, sum, matrix);
      if (sum < 2 * units) {
        matrix[sum * seen + seen - 1] += parameters[blocks.biases() + further + sum];
      } else {
        int row = sum * seen + inputs;
        int ofStates = row + units * seen;
        System.arraycopy(matrix, row, matrix, ofStates, units);
        matrix[ofStates + units] = parameters[blocks.biases() + further + sum];
        java.util.Arrays.fill(matrix, row, row + units, 0);
        java.util.Arrays.fill(matrix, ofStates - inputs, ofStates, 0);
      }
    }
  }

  @Override
  public void unpack(float[] matrix, float[] gradients) {
    int seen = blocks.seen();
    Block recurrent = blocks.recurrent();
    for (int sum = 0; sum < 3 * units; sum++) {
      blocks.unpack(matrix, sum, gradients);
      int row = (sum < 2 * units ? sum : sum + units) * seen + blocks.inputs();
      System.arraycopy(matrix, row, gradients, recurrent.offset() + sum * units, units);
      gradients[blocks.biases() + further + sum] = matrix[row + units];
    }
  }

  @Override
  public void begin(int turns, int numbers) {
    this.numbers = numbers;
  }

  @Override
  public void forward(int turn, There there, float[] sums, float[] states) {
    int sum = 4 * turn * numbers;
    int state = (turn + 1) * numbers;
    Tanh.sigmoid(sums, sum, 2 * numbers);
    takeIn(sums, sum);
    Tanh.tanh(sums, sum + 2 * numbers, numbers);
    mix(sums, sum, states, state);
    there.clearOthers(states, state, numbers);
  }

  private void takeIn(float[] sums, int reset) {
    int taken = reset + 2 * numbers;
    int ofStates = reset + 3 * numbers;
    for (int i = 0; i < numbers; i++) {
      sums[taken + i] += sums[reset + i] * sums[ofStates + i];
    }
  }

  private void mix(float[] sums, int sum, float[] states, int state) {
    int update = sum + numbers;
    int taken = sum + 2 * numbers;
    int before = state - numbers;
    for (int i = 0; i < numbers; i++) {
      float n = sums[taken + i];
      states[state + i] = n + sums[update + i] * (states[before + i] - n);
    }
  }

  @Override
  public void backward(int turn, There there, float[] sums, float[] states, float[] gradients) {
    int reset = 4 * turn * numbers;
    int update = reset + numbers;
    int taken = reset + 2 * numbers;
    int ofStates = reset + 3 * numbers;
    int before = turn * numbers;
    for (int i = 0; i < numbers; i++) {
      float h = gradients[i];
      float r = sums[reset + i];
      float z = sums[update + i];
      float n = sums[taken + i];
      float g = h * (1 - z) * (1 - n * n);
      sums[reset + i] = g * sums[ofStates + i] * r * (1 - r);
      sums[update + i] = h * (states[before + i] - n) * z * (1 - z);
      sums[taken + i] = g;
      sums[ofStates + i] = g * r;
      gradients[i] = h * z;
    }
  }
}
