package org.fettle.optimizers.dl4j;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fettle.optimizers.network.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Rows in the form in which Deeplearning4j takes them, in the same memory each time: as they are,
 * or sequences as {@code [rows, features, steps]} with a mask. For one thread.
 */
final class Inputs implements AutoCloseable {

  /** Features, and which steps of a sequence there are. */
  record Input(INDArray features, Optional<INDArray> mask) {}

  private final Optional<Shape.Sequence> sequence;
  private final int columns;

  /** One for each number of rows that there has been. */
  private final Map<Integer, Input> memory = new TreeMap<>();

  private float[] turned = new float[0];
  private float[] there = new float[0];

  /** For rows of a shape; sequences that are flattened first come as features. */
  Inputs(Shape shape, boolean flat) {
    this.columns = shape.size();
    this.sequence =
        shape instanceof Shape.Sequence steps && !flat ? Optional.of(steps) : Optional.empty();
    this.flattened =
        shape instanceof Shape.Sequence steps && flat ? Optional.of(steps) : Optional.empty();
  }

  private final Optional<Shape.Sequence> flattened;

  /** Rows of an array from one on; overwrites what is not there in it with zeros. */
  Input of(float[] values, int from, int rows) {
    Input input = memory.computeIfAbsent(rows, this::create);
    if (sequence.isPresent()) {
      turn(sequence.get(), values, from, rows);
      Floats.put(turned, 0, input.features());
      Floats.put(there, 0, input.mask().orElseThrow());
    } else {
      flattened.ifPresent(steps -> clear(steps, values, from, rows));
      Floats.put(values, from * columns, input.features());
    }
    return input;
  }

  private Input create(int rows) {
    if (sequence.isEmpty()) {
      return new Input(Nd4j.createUninitialized(new long[] {rows, columns}, 'c'), Optional.empty());
    }
    long features = sequence.get().features();
    long steps = sequence.get().steps();
    return new Input(
        Nd4j.createUninitialized(new long[] {rows, features, steps}, 'c'),
        Optional.of(Nd4j.createUninitialized(new long[] {rows, steps}, 'c')));
  }

  private void turn(Shape.Sequence shape, float[] values, int from, int rows) {
    int steps = shape.steps();
    int features = shape.features();
    if (turned.length < rows * columns) {
      turned = new float[rows * columns];
      there = new float[rows * steps];
    }
    for (int row = 0; row < rows; row++) {
      int at = (from + row) * columns;
      int length = Math.max(1, shape.length(values, at));
      for (int step = 0; step < steps; step++) {
        boolean is = step < length;
        there[row * steps + step] = is ? 1 : 0;
        for (int feature = 0; feature < features; feature++) {
          turned[row * columns + feature * steps + step] =
              is ? values[at + step * features + feature] : 0;
        }
      }
    }
  }

  private static void clear(Shape.Sequence shape, float[] values, int from, int rows) {
    for (int row = from; row < from + rows; row++) {
      int at = row * shape.size();
      int length = Math.max(1, shape.length(values, at));
      java.util.Arrays.fill(values, at + length * shape.features(), at + shape.size(), 0);
    }
  }

  @Override
  public void close() {
    for (Input input : memory.values()) {
      input.features().close();
      input.mask().ifPresent(INDArray::close);
    }
    memory.clear();
  }
}
