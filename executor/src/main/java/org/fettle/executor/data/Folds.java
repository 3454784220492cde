package org.fettle.executor.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
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
    return deal(List.of(IntStream.range(0, rows).boxed().toList()), rows, count, seed);
  }

  /**
   * The same within each class, so that every fold has each class in the data's proportions, up to
   * one row a class. A class starts where the one before it ended, which keeps the folds even.
   *
   * @param classes the index of each row's class
   */
  public static Folds stratified(float[] classes, int count, long seed) {
    Map<Float, List<Integer>> rowsOfClass = new TreeMap<>();
    for (int row = 0; row < classes.length; row++) {
      rowsOfClass.computeIfAbsent(classes[row], each -> new ArrayList<>()).add(row);
    }
    return deal(List.copyOf(rowsOfClass.values()), classes.length, count, seed);
  }

  private static Folds deal(List<List<Integer>> groups, int rows, int count, long seed) {
    if (count < 2 || count > rows) {
      throw new IllegalArgumentException(
          "Folds must be from 2 to the number of rows (" + rows + "), but were " + count);
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] foldOfRow = new int[rows];
    int next = 0;
    for (List<Integer> group : groups) {
      List<Integer> shuffled = new ArrayList<>(group);
      for (int i = shuffled.size() - 1; i > 0; i--) {
        Collections.swap(shuffled, i, random.nextInt(i + 1));
      }
      for (int row : shuffled) {
        foldOfRow[row] = next++ % count;
      }
    }
    return new Folds(count, foldOfRow);
  }

  public int count() {
    return count;
  }

  /** The rows that a fold trains on, ascending. */
  public int[] training(int fold) {
    return IntStream.range(0, foldOfRow.length).filter(row -> foldOfRow[row] != fold).toArray();
  }

  /** The rows that a fold is judged by, ascending. */
  public int[] validation(int fold) {
    return IntStream.range(0, foldOfRow.length).filter(row -> foldOfRow[row] == fold).toArray();
  }
}
