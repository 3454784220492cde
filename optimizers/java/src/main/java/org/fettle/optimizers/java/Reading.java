package org.fettle.optimizers.java;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.fettle.optimizers.network.Layer.Recurrent.Cell;
import org.fettle.optimizers.network.Shape;

/**
 * One reading of sequences by recurrent units, from one end to the other. Each turn is one step of
 * all rows. What units see at a turn, the inputs, their states before and a 1 for the biases, is a
 * matrix of a line for each number and a column for each row, and is multiplied by one matrix of
 * all parameters. Before its first step and behind its last a row's state is zero.
 */
final class Reading implements AutoCloseable {

  /** Which end it begins at. */
  enum Way {
    FORTH,
    BACK
  }

  private final Parameters parameters;
  private final Shape.Sequence input;
  private final Way way;
  private final ReadingBlocks blocks;
  private final Units units;
  private final There there = new There();
  private final float[] matrix;
  private final Native nativeMatrix = new Native();
  private final Native nativeSeen = new Native();
  private final Native nativeSums = new Native();
  private final Native nativeOfSeen = new Native();
  private final Native nativeOfMatrix = new Native();
  private float[] seen = new float[0];
  private float[] sums = new float[0];
  private float[] states = new float[0];
  private float[] ofState = new float[0];
  private float[] ofSeen = new float[0];

  Reading(Parameters parameters, Cell cell, Shape.Sequence input, Way way) {
    this.parameters = parameters;
    this.input = input;
    this.way = way;
    this.blocks = ReadingBlocks.next(parameters, cell);
    this.units = Units.of(cell, blocks);
    this.matrix = new float[Math.multiplyExact(units.sums(), blocks.seen())];
  }

  /** The turn at which it reads a step, and the other way round. */
  private int turned(int step) {
    return way == Way.FORTH ? step : input.steps() - 1 - step;
  }

  /** Copies out what the units said at a step of a row. */
  void said(Batch batch, int row, int step, float[] to, int at) {
    int from = (turned(step) + 1) * blocks.units() * batch.rows() + row;
    for (int unit = 0; unit < blocks.units(); unit++) {
      to[at + unit] = states[from + unit * batch.rows()];
    }
  }

  void forward(Batch batch, float[] inputs) {
    int rows = batch.rows();
    int numbers = blocks.units() * rows;
    int all = units.sums() * rows;
    int lines = blocks.seen() * rows;
    sums = Node.room(sums, input.steps() * all);
    states = Node.room(states, (input.steps() + 1) * numbers);
    Arrays.fill(states, 0, numbers, 0);
    units.begin(input.steps(), numbers);
    units.pack(parameters.values(), matrix);
    FloatPointer weights = nativeMatrix.put(matrix, matrix.length);
    FloatPointer products = nativeSums.room(all);
    seen = Node.room(seen, lines);
    nativeSeen.room(input.steps() * lines);
    for (int turn = 0; turn < input.steps(); turn++) {
      int step = turned(turn);
      look(inputs, rows, step, turn);
      FloatPointer here = nativeSeen.at(turn * lines);
      here.put(seen, 0, lines);
      Blas.multiply(units.sums(), rows, blocks.seen(), weights, here, 0, products);
      products.get(sums, turn * all, all);
      there.at(step, batch);
      units.forward(turn, there, sums, states);
    }
  }

  /** Gathers what the units see. */
  private void look(float[] inputs, int rows, int step, int turn) {
    int features = blocks.inputs();
    int numbers = blocks.units() * rows;
    for (int feature = 0; feature < features; feature++) {
      int from = step * features + feature;
      for (int row = 0; row < rows; row++) {
        seen[feature * rows + row] = inputs[row * input.size() + from];
      }
    }
    System.arraycopy(states, turn * numbers, seen, features * rows, numbers);
    Arrays.fill(seen, features * rows + numbers, blocks.seen() * rows, 1);
  }

  /**
   * Goes back through all turns.
   *
   * @param ofOutputs gives the gradients of what was said
   * @param ofInputs gets the gradients of the inputs added, unless it is empty
   */
  void backward(Batch batch, Said ofOutputs, float[] ofInputs) {
    int rows = batch.rows();
    int numbers = blocks.units() * rows;
    int all = units.sums() * rows;
    int lines = blocks.seen() * rows;
    boolean wanted = ofInputs.length > 0;
    int from = wanted ? 0 : blocks.inputs();
    int width = blocks.inputs() + blocks.units() - from;
    ofState = Node.room(ofState, numbers);
    ofSeen = Node.room(ofSeen, width * rows);
    Arrays.fill(ofState, 0, numbers, 0);
    FloatPointer ofSums = nativeSums.room(all);
    FloatPointer ofMatrix = nativeOfMatrix.room(matrix.length);
    FloatPointer products = nativeOfSeen.room(width * rows);
    for (int turn = input.steps() - 1; turn >= 0; turn--) {
      int step = turned(turn);
      there.at(step, batch);
      ofOutputs.add(step, ofState);
      there.clearOthers(ofState, 0, numbers);
      units.backward(turn, there, sums, states, ofState);
      ofSums.put(sums, turn * all, all);
      float kept = turn == input.steps() - 1 ? 0 : 1;
      Blas.multiplyByTransposed(
          units.sums(), blocks.seen(), rows, ofSums, nativeSeen.at(turn * lines), kept, ofMatrix);
      if (turn > 0 || wanted) {
        Blas.multiply(
            openblas_nolapack.CblasTrans,
            openblas_nolapack.CblasNoTrans,
            width,
            rows,
            units.sums(),
            1,
            nativeMatrix.at(from),
            blocks.seen(),
            ofSums,
            rows,
            products,
            rows);
        products.get(ofSeen, 0, width * rows);
        addStates((width - blocks.units()) * rows, numbers);
        addInputs(ofInputs, rows, step);
      }
    }
    ofMatrix.get(matrix, 0, matrix.length);
    units.unpack(matrix, parameters.gradients());
  }

  private void addStates(int from, int numbers) {
    for (int i = 0; i < numbers; i++) {
      ofState[i] += ofSeen[from + i];
    }
  }

  private void addInputs(float[] ofInputs, int rows, int step) {
    if (ofInputs.length == 0) {
      return;
    }
    int features = blocks.inputs();
    for (int row = 0; row < rows; row++) {
      int to = row * input.size() + step * features;
      for (int feature = 0; feature < features; feature++) {
        ofInputs[to + feature] += ofSeen[feature * rows + row];
      }
    }
  }

  /** The gradients of what the units say. */
  interface Said {

    /** Adds those of a step, unit by unit, in each the rows. */
    void add(int step, float[] to);
  }

  @Override
  public void close() {
    nativeMatrix.close();
    nativeSeen.close();
    nativeSums.close();
    nativeOfSeen.close();
    nativeOfMatrix.close();
  }
}
