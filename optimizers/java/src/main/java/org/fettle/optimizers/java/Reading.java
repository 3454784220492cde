package org.fettle.optimizers.java;

import static org.fettle.optimizers.java.Exponential.sigmoid;
import static org.fettle.optimizers.java.Exponential.tanh;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.fettle.optimizers.loop.Block;
import org.fettle.optimizers.network.Layer.Recurrent.Cell;
import org.fettle.optimizers.network.Shape;
import org.jspecify.annotations.Nullable;

/**
 * One reading of sequences by recurrent units, from one end to the other. Everything lies step by
 * step, in each the rows of the batch. Before its first step and behind its last a row's state is
 * zero.
 *
 * <p>The sums of a unit of an LSTM are, in this order and as Deeplearning4j has them: of its input,
 * of the forget gate, of the output gate and of the input gate.
 */
final class Reading implements AutoCloseable {

  /** Which end it begins at. */
  enum Way {
    FORTH,
    BACK
  }

  private final Parameters parameters;
  private final Cell cell;
  private final Way way;
  private final int units;
  private final int steps;
  private final Block weights;
  private final Block recurrent;
  private final Block biases;
  private final Native nativeSums = new Native();
  private final Native nativeStates = new Native();
  private final Native nativeStep = new Native();
  private float[] sums = new float[0];
  private float[] states = new float[0];
  private float[] memories = new float[0];
  private float[] bounded = new float[0];
  private float[] ofState = new float[0];
  private float[] ofMemory = new float[0];

  Reading(Parameters parameters, Cell cell, int units, Shape.Sequence input, Way way) {
    this.parameters = parameters;
    this.cell = cell;
    this.way = way;
    this.units = units;
    this.steps = input.steps();
    this.weights = parameters.next();
    this.recurrent = parameters.next();
    this.biases = biases(parameters, cell, units);
  }

  /** Those of an LSTM are three blocks, as they begin otherwise. */
  private static Block biases(Parameters parameters, Cell cell, int units) {
    Block first = parameters.next();
    if (cell == Cell.LSTM) {
      parameters.next();
      parameters.next();
    }
    return new Block(first.role(), first.offset(), cell.gates() * units, 1, 1, 1, 0);
  }

  /** The units' outputs at each step. */
  float[] states() {
    return states;
  }

  private int step(int turn) {
    return way == Way.FORTH ? turn : steps - 1 - turn;
  }

  void forward(Batch batch, FloatPointer inputs) {
    int rows = batch.rows();
    int all = weights.units();
    int count = steps * rows;
    sums = Node.room(sums, count * all);
    states = Node.room(states, count * units);
    if (cell == Cell.LSTM) {
      memories = Node.room(memories, count * units);
      bounded = Node.room(bounded, count * units);
    }
    FloatPointer products = nativeSums.room(count * all);
    Blas.multiplyByTransposed(
        count, all, weights.perUnit(), inputs, parameters.at(weights), 0, products);
    nativeStates.room(count * units);
    for (int turn = 0; turn < steps; turn++) {
      int at = step(turn) * rows;
      products.position((long) at * all);
      if (turn > 0) {
        FloatPointer before = nativeStates.at(step(turn - 1) * rows * units);
        Blas.multiplyByTransposed(rows, all, units, before, parameters.at(recurrent), 1, products);
      }
      products.get(sums, at * all, rows * all);
      for (int row = 0; row < rows; row++) {
        int before = turn == 0 ? -1 : (step(turn - 1) * rows + row) * units;
        advance((at + row) * all, (at + row) * units, before, step(turn) < batch.lengths()[row]);
      }
      nativeStates.at(at * units).put(states, at * units, rows * units);
    }
  }

  private void advance(int sum, int state, int before, boolean there) {
    if (!there) {
      Arrays.fill(states, state, state + units, 0);
      if (cell == Cell.LSTM) {
        Arrays.fill(memories, state, state + units, 0);
      }
      return;
    }
    float[] values = parameters.values();
    int bias = biases.offset();
    for (int i = 0; i < units; i++) {
      sums[sum + i] = tanh(sums[sum + i] + values[bias + i]);
    }
    if (cell == Cell.SIMPLE) {
      System.arraycopy(sums, sum, states, state, units);
      return;
    }
    for (int i = units; i < 4 * units; i++) {
      sums[sum + i] = sigmoid(sums[sum + i] + values[bias + i]);
    }
    for (int i = 0; i < units; i++) {
      float kept = before < 0 ? 0 : sums[sum + units + i] * memories[before + i];
      memories[state + i] = kept + sums[sum + 3 * units + i] * sums[sum + i];
    }
    for (int i = 0; i < units; i++) {
      bounded[state + i] = tanh(memories[state + i]);
      states[state + i] = sums[sum + 2 * units + i] * bounded[state + i];
    }
  }

  /** Takes the gradients of the states; adds those of the inputs where there is room for them. */
  void backward(
      Batch batch,
      float[] gradients,
      FloatPointer inputs,
      float kept,
      @Nullable FloatPointer ofInputs) {
    int rows = batch.rows();
    int all = weights.units();
    ofState = Node.room(ofState, rows * units);
    ofMemory = Node.room(ofMemory, rows * units);
    Arrays.fill(ofState, 0, rows * units, 0);
    Arrays.fill(ofMemory, 0, rows * units, 0);
    FloatPointer ofSums = nativeSums.at(0);
    for (int turn = steps - 1; turn >= 0; turn--) {
      int at = step(turn) * rows;
      for (int row = 0; row < rows; row++) {
        int before = turn == 0 ? -1 : (step(turn - 1) * rows + row) * units;
        retreat(
            gradients,
            row,
            (at + row) * all,
            (at + row) * units,
            before,
            step(turn) < batch.lengths()[row]);
      }
      ofSums.position((long) at * all).put(sums, at * all, rows * all);
      if (turn > 0) {
        FloatPointer ofBefore = nativeStep.room(rows * units);
        Blas.multiply(rows, units, all, ofSums, parameters.at(recurrent), 0, ofBefore);
        ofBefore.get(ofState, 0, rows * units);
      }
    }
    ofParameters(rows, inputs);
    if (ofInputs != null) {
      Blas.multiply(
          steps * rows,
          weights.perUnit(),
          all,
          nativeSums.at(0),
          parameters.at(weights),
          kept,
          ofInputs);
    }
  }

  /** Replaces the gates of a row at a step by the gradients of their sums. */
  private void retreat(float[] gradients, int row, int sum, int state, int before, boolean there) {
    int own = row * units;
    if (!there) {
      Arrays.fill(sums, sum, sum + weights.units(), 0);
      Arrays.fill(ofMemory, own, own + units, 0);
      return;
    }
    if (cell == Cell.SIMPLE) {
      for (int i = 0; i < units; i++) {
        float h = sums[sum + i];
        sums[sum + i] = (gradients[state + i] + ofState[own + i]) * (1 - h * h);
      }
      return;
    }
    for (int i = 0; i < units; i++) {
      float input = sums[sum + i];
      float forget = sums[sum + units + i];
      float output = sums[sum + 2 * units + i];
      float gate = sums[sum + 3 * units + i];
      float b = bounded[state + i];
      float h = gradients[state + i] + ofState[own + i];
      float c = h * output * (1 - b * b) + ofMemory[own + i];
      float last = before < 0 ? 0 : memories[before + i];
      sums[sum + i] = c * gate * (1 - input * input);
      sums[sum + units + i] = c * last * forget * (1 - forget);
      sums[sum + 2 * units + i] = h * b * output * (1 - output);
      sums[sum + 3 * units + i] = c * input * gate * (1 - gate);
      ofMemory[own + i] = c * forget;
    }
  }

  private void ofParameters(int rows, FloatPointer inputs) {
    int all = weights.units();
    int count = steps * rows;
    Biases.sum(parameters, biases, sums, count);
    Blas.multiplyTransposed(
        all, weights.perUnit(), count, nativeSums.at(0), inputs, 0, parameters.gradient(weights));
    parameters.fetch(weights);
    FloatPointer ofRecurrent = parameters.gradient(recurrent);
    // Each step but the first read goes with the state of the one before.
    int shift = way == Way.FORTH ? 1 : 0;
    Blas.multiplyTransposed(
        all,
        units,
        count - rows,
        nativeSums.at(shift * rows * all),
        nativeStates.at((1 - shift) * rows * units),
        0,
        ofRecurrent);
    parameters.fetch(recurrent);
  }

  @Override
  public void close() {
    nativeSums.close();
    nativeStates.close();
    nativeStep.close();
  }
}
