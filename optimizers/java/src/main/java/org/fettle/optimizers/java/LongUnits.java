package org.fettle.optimizers.java;

import java.util.Arrays;

/**
 * Long short-term memory. The sums are, of all units one after the other and as Deeplearning4j has
 * them: of what they take in, of the forget gates, of the output gates and of the input gates.
 */
final class LongUnits implements Units {

  private final ReadingBlocks blocks;
  private int numbers;

  /** Of the beginning, which are zero, and of each turn. */
  private float[] memories = new float[0];

  private float[] bounded = new float[0];
  private float[] ofMemories = new float[0];

  LongUnits(ReadingBlocks blocks) {
    this.blocks = blocks;
  }

  @Override
  public int sums() {
    return 4 * blocks.units();
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
    memories = Node.room(memories, (turns + 1) * numbers);
    bounded = Node.room(bounded, turns * numbers);
    ofMemories = Node.room(ofMemories, numbers);
    Arrays.fill(memories, 0, numbers, 0);
    Arrays.fill(ofMemories, 0, numbers, 0);
  }

  @Override
  public void forward(int turn, There there, float[] sums, float[] states) {
    int sum = 4 * turn * numbers;
    int bound = turn * numbers;
    int state = (turn + 1) * numbers;
    Tanh.tanh(sums, sum, numbers);
    Tanh.sigmoid(sums, sum + numbers, 3 * numbers);
    remember(sums, sum, state);
    there.clearOthers(memories, state, numbers);
    System.arraycopy(memories, state, bounded, bound, numbers);
    Tanh.tanh(bounded, bound, numbers);
    say(sums, sum + 2 * numbers, bound, states, state);
    there.clearOthers(states, state, numbers);
  }

  private void remember(float[] sums, int sum, int memory) {
    int forget = sum + numbers;
    int gate = sum + 3 * numbers;
    int before = memory - numbers;
    for (int i = 0; i < numbers; i++) {
      memories[memory + i] =
          sums[forget + i] * memories[before + i] + sums[gate + i] * sums[sum + i];
    }
  }

  private void say(float[] sums, int output, int bound, float[] states, int state) {
    for (int i = 0; i < numbers; i++) {
      states[state + i] = sums[output + i] * bounded[bound + i];
    }
  }

  @Override
  public void backward(int turn, There there, float[] sums, float[] states, float[] gradients) {
    int sum = 4 * turn * numbers;
    int bound = turn * numbers;
    there.clearOthers(ofMemories, 0, numbers);
    ofOutputs(sums, sum + 2 * numbers, bound, gradients);
    ofMemories(sums, sum, bound, gradients);
    Arrays.fill(gradients, 0, numbers, 0);
  }

  /** Adds to the memories' gradients, and leaves those of the output gates in the place of h's. */
  private void ofOutputs(float[] sums, int output, int bound, float[] gradients) {
    for (int i = 0; i < numbers; i++) {
      float o = sums[output + i];
      float b = bounded[bound + i];
      float h = gradients[i];
      ofMemories[i] += h * o * (1 - b * b);
      gradients[i] = h * b * o * (1 - o);
    }
  }

  private void ofMemories(float[] sums, int sum, int before, float[] ofOutputs) {
    int forget = sum + numbers;
    int output = sum + 2 * numbers;
    int gate = sum + 3 * numbers;
    for (int i = 0; i < numbers; i++) {
      float c = ofMemories[i];
      float input = sums[sum + i];
      float f = sums[forget + i];
      float g = sums[gate + i];
      sums[sum + i] = c * g * (1 - input * input);
      sums[forget + i] = c * memories[before + i] * f * (1 - f);
      sums[output + i] = ofOutputs[i];
      sums[gate + i] = c * input * g * (1 - g);
      ofMemories[i] = c * f;
    }
  }
}
