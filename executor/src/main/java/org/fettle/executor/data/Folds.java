package org.fettle.executor.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which fold each row validates. Fixed for the study and shared by all its trials, so that scores
 * can be compared fold by fold.
 */
public final class Folds implements Serializable {

  private static final long serialVersionUID = 1;

  private final int count;
  private final int[] foldOfRow;

  private Folds(int count, int[] foldOfRow) {
    this.count = count;
    this.foldOfRow = foldOfRow;
  }

  /** Rows in random order, dealt out in turn: the sizes of folds differ by at most one row. */
  public static Folds shuffled(int rows, int count, long seed) {
    return stratified(new float[rows], count, seed);
  }

  /**
   * The same within each class, so that every fold has each class in the data's proportions, up to
   * one row a class. A class starts where the one before it ended, which keeps the folds even.
   *
   * @param classes the index of each row's class
   */
  public static Folds stratified(float[] classes, int count, long seed) {
    int rows = classes.length;
    if (count < 2 || count > rows) {
      throw new IllegalArgumentException(
          "Folds must be from 2 to the number of rows (" + rows + "), but were " + count);
    }
    int[] turnOfClass = turns(classes);
    int[] foldOfRow = new int[rows];
    for (int row : shuffle(rows, seed)) {
      foldOfRow[row] = turnOfClass[(int) classes[row]]++ % count;
    }
    return new Folds(count, foldOfRow);
  }

  /** The place of each class's first row when all rows are ordered by class. */
  private static int[] turns(float[] classes) {
    int[] turns = new int[0];
    for (float each : classes) {
      if (each >= turns.length) {
        turns = Arrays.copyOf(turns, (int) each + 1);
      }
      turns[(int) each]++;
    }
    int start = 0;
    for (int index = 0; index < turns.length; index++) {
      int rows = turns[index];
      turns[index] = start;
      start += rows;
    }
    return turns;
  }

  private static int[] shuffle(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = IntStream.range(0, rows).toArray();
    for (int i = rows - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int row = order[i];
      order[i] = order[other];
      order[other] = row;
    }
    return order;
  }

  public int count() {
    return count;
  }

  public int rows() {
    return foldOfRow.length;
  }

  /** The rows that a fold trains on, ascending. */
  public int[] training(int fold) {
    requireFold(fold);
    return IntStream.range(0, rows()).filter(row -> foldOfRow[row] != fold).toArray();
  }

  /** The rows that a fold is judged by, ascending. */
  public int[] validation(int fold) {
    requireFold(fold);
    return IntStream.range(0, rows()).filter(row -> foldOfRow[row] == fold).toArray();
  }

  private void requireFold(int fold) {
    if (fold < 0 || fold >= count) {
      throw new IllegalArgumentException(
          "Fold must be from 0 to " + (count - 1) + ", but was " + fold);
    }
  }
}
