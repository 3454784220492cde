package org.fettle.optimizers.java;

import java.util.Arrays;

/** h = tanh(sum). */
final class SimpleUnits implements Units {

  private final ReadingBlocks blocks;
  private int numbers;

  SimpleUnits(ReadingBlocks blocks) {
    this.blocks = blocks;
  }

  @Override
  public int sums() {
    return blocks.units();
  }

  @Override
  public void pack(float[] parameters, float[] matrix) {
    for (int sum = 0; sum < sums(); sum++) {
      blocks.pack(parameters, sum, matrix);
    }
  }

  @Override
  public void unpack(float[] matrix, float[] gradients) {
    for (int sum = 0; sum < sums(); sum++) {
      blocks.unpack(matrix, sum, gradients);
    }
  }

  @Override
  public void begin(int turns, int numbers) {
    this.numbers = numbers;
  }

  @Override
  public void forward(int turn, There there, float[] sums, float[] states) {
    int state = (turn + 1) * numbers;
    System.arraycopy(sums, turn * numbers, states, state, numbers);
    Tanh.tanh(states, state, numbers);
    there.clearOthers(states, state, numbers);
  }

  @Override
  public void backward(int turn, There there, float[] sums, float[] states, float[] gradients) {
    int state = (turn + 1) * numbers;
    int sum = turn * numbers;
    for (int i = 0; i < numbers; i++) {
      float h = states[state + i];
      sums[sum + i] = gradients[i] * (1 - h * h);
    }
    Arrays.fill(gradients, 0, numbers, 0);
  }
}
