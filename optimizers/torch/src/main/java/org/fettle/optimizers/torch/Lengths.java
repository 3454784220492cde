package org.fettle.optimizers.torch;

import java.util.Arrays;
import java.util.Optional;
import org.fettle.optimizers.network.Shape;

/**
 * How many steps each row of sequences has.
 *
 * @param steps of the shape
 * @param ofRows empty where all rows have all steps, or there are none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by no one
record Lengths(int steps, long[] ofRows) {

  /** Reads the lengths of rows, and sets what they lack to zero. */
  static Lengths of(Shape shape, float[] values, int rows) {
    if (!(shape instanceof Shape.Sequence sequence)) {
      return new Lengths(0, new long[0]);
    }
    long[] lengths = new long[rows];
    boolean some = false;
    for (int row = 0; row < rows; row++) {
      int from = row * sequence.size();
      int length = Math.max(1, sequence.length(values, from));
      Arrays.fill(values, from + length * sequence.features(), from + sequence.size(), 0);
      lengths[row] = length;
      some |= length < sequence.steps();
    }
    return new Lengths(sequence.steps(), some ? lengths : new long[0]);
  }

  boolean differ() {
    return ofRows.length > 0;
  }

  /** 1 for each step that a row has, else 0. */
  float[] there() {
    float[] there = new float[ofRows.length * steps];
    for (int row = 0; row < ofRows.length; row++) {
      Arrays.fill(there, row * steps, row * steps + (int) ofRows[row], 1);
    }
    return there;
  }

  Optional<Pass.Steps> steps(Place place) {
    return differ()
        ? Optional.of(
            new Pass.Steps(
                place.longs(ofRows, ofRows.length), place.floats(there(), ofRows.length, steps)))
        : Optional.empty();
  }
}
