package org.fettle.executor.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
   * Holds out rows, at least one: random ones, and of classes the same part of each, up to one row;
   * of groups random ones as a whole, as many as fit, or else the smallest; in time the latest.
   *
   * @param part above 0 and less than 1
   * @param targets whether rows are of classes
   * @throws IllegalArgumentException where that leaves no row
   */
  public static Holdout of(Examples examples, double part, Targets targets, Ties ties, long seed) {
    boolean[] isHeld = held(examples.targets(), part, targets, ties, seed);
    int[] all = IntStream.range(0, isHeld.length).toArray();
    return new Holdout(
        examples.select(Arrays.stream(all).filter(row -> !isHeld[row]).toArray()),
        examples.select(Arrays.stream(all).filter(row -> isHeld[row]).toArray()));
  }

  /**
   * Which rows are held out, by their targets alone.
   *
   * @throws IllegalArgumentException where that leaves no row
   */
  public static boolean[] held(float[] values, double part, Targets targets, Ties ties, long seed) {
    int rows = values.length;
    int held = Math.max(1, (int) Math.floor(rows * part));
    boolean[] isHeld =
        held >= rows
            ? new boolean[0]
            : switch (ties.kind()) {
              case NONE -> random(values, held, targets, seed);
              case GROUPS -> groups(ties.codes(), held, seed);
              case TIME -> latest(ties.codes(), held);
            };
    if (IntStream.range(0, isHeld.length).allMatch(row -> isHeld[row])) {
      throw new IllegalArgumentException(
          "Training rows must be more than the %d to hold out, but were %d".formatted(held, rows));
    }
    return isHeld;
  }

  private static boolean[] random(float[] values, int held, Targets targets, long seed) {
    int rows = values.length;
    int[] order = shuffled(rows, seed);
    if (targets == Targets.CLASSES) {
      order =
          Arrays.stream(order)
              .boxed()
              .sorted(Comparator.comparing(row -> values[row]))
              .mapToInt(row -> row)
              .toArray();
    }
    boolean[] isHeld = new boolean[rows];
    for (int i = 0; i < held; i++) {
      isHeld[order[(int) ((long) i * rows / held)]] = true;
    }
    return isHeld;
  }

  private static boolean[] groups(int[] codes, int most, long seed) {
    int[] groups = Arrays.stream(codes).distinct().sorted().toArray();
    requireTwo("Groups", groups.length);
    Map<Integer, Integer> sizes = new HashMap<>();
    Arrays.stream(codes).forEach(code -> sizes.merge(code, 1, Integer::sum));
    int smallest =
        Arrays.stream(groups).boxed().min(Comparator.comparing(sizes::get)).orElseThrow();
    boolean fits = sizes.getOrDefault(smallest, 0) <= most;
    Set<Integer> held = new HashSet<>();
    int count = 0;
    for (int next : shuffled(groups.length, seed)) {
      int size = sizes.getOrDefault(groups[next], 0);
      if (fits ? count + size <= most : groups[next] == smallest) {
        held.add(groups[next]);
        count += size;
      }
    }
    boolean[] isHeld = new boolean[codes.length];
    for (int row = 0; row < codes.length; row++) {
      isHeld[row] = held.contains(codes[row]);
    }
    return isHeld;
  }

  private static void requireTwo(String what, int count) {
    if (count < 2) {
      throw new IllegalArgumentException(
          "%s of the training rows must be two or more to hold one out, but were %d"
              .formatted(what, count));
    }
  }

  /** Rows of one time are on one side. */
  private static boolean[] latest(int[] codes, int held) {
    int[] sorted = codes.clone();
    Arrays.sort(sorted);
    requireTwo("Times", (int) Arrays.stream(sorted).distinct().count());
    // The first time always trains.
    int from = Math.max(sorted[codes.length - held], later(sorted));
    boolean[] isHeld = new boolean[codes.length];
    for (int row = 0; row < codes.length; row++) {
      isHeld[row] = codes[row] >= from;
    }
    return isHeld;
  }

  /** The first time behind the first of all. */
  private static int later(int[] sorted) {
    return Arrays.stream(sorted).filter(time -> time > sorted[0]).findFirst().orElseThrow();
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
