package org.fettle.executor.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fettle.optimizers.data.Examples;

/**
 * Training rows of which a part is held out to be watched.
 *
 * @param training those that are left
 */
public record Holdout(Examples training, Examples held) {

  /**
   * Holds out random rows, at least one; of classes, the same part of each, up to one row.
   *
   * @param part above 0 and less than 1
   * @param targets whether rows are of classes
   * @throws IllegalArgumentException where that leaves no row
   */
  public static Holdout of(Examples examples, double part, Targets targets, long seed) {
    int rows = examples.rows();
    int[] order = shuffled(rows, seed);
    if (targets == Targets.CLASSES) {
      order =
          Arrays.stream(order)
              .boxed()
              .sorted(Comparator.comparing(row -> examples.targets()[row]))
              .mapToInt(row -> row)
              .toArray();
    }
    int held = Math.max(1, (int) Math.floor(rows * part));
    if (held >= rows) {
      throw new IllegalArgumentException(
          "Training rows must be more than the %d to hold out, but were %d".formatted(held, rows));
    }
    boolean[] isHeld = new boolean[rows];
    for (int i = 0; i < held; i++) {
      isHeld[order[(int) ((long) i * rows / held)]] = true;
    }
    int[] all = IntStream.range(0, rows).toArray();
    return new Holdout(
        examples.select(Arrays.stream(all).filter(row -> !isHeld[row]).toArray()),
        examples.select(Arrays.stream(all).filter(row -> isHeld[row]).toArray()));
  }

  /** What targets are. */
  public enum Targets {
    CLASSES,
    VALUES
  }

  private static int[] shuffled(int rows, long seed) {
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
}
