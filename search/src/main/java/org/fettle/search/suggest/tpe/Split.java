package org.fettle.search.suggest.tpe;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The rows of a table, divided into good trials and others. */
final class Split {

  private final int[] below;
  private final int[] above;

  private Split(int[] below, int[] above) {
    this.below = below;
    this.above = above;
  }

  /** The good trials, best first. */
  int[] below() {
    return below;
  }

  /** All others that tell something, by number. */
  int[] above() {
    return above;
  }

  /** Moves the best {@code most} ranked ones of some rows below; of equals the smaller number. */
  static Split best(Standing[] standings, int[] rows, int most) {
    int[] below = new int[Math.min(most, rows.length)];
    int size = 0;
    for (int row : rows) {
      if (standings[row].ranked()) {
        size = insert(below, size, row, standings);
      }
    }
    int[] good = Arrays.copyOf(below, size);
    return new Split(good, without(good, rows, standings));
  }

  /** Inserts a row among the sorted first {@code size}, and drops the worst of too many. */
  private static int insert(int[] sorted, int size, int row, Standing[] standings) {
    int place = size;
    while (place > 0 && standings[row].better(standings[sorted[place - 1]])) {
      place--;
    }
    if (place == sorted.length) {
      return size;
    }
    int kept = Math.min(size, sorted.length - 1);
    System.arraycopy(sorted, place, sorted, place + 1, kept - place);
    sorted[place] = row;
    return kept + 1;
  }

  private static int[] without(int[] below, int[] rows, Standing[] standings) {
    boolean[] taken = new boolean[standings.length];
    for (int row : below) {
      taken[row] = true;
    }
    return Arrays.stream(rows)
        .filter(row -> !taken[row] && standings[row].kind() != Standing.Kind.UNKNOWN)
        .toArray();
  }

  /** What each row of the table is worth among all of them. */
  static Standing[] standings(TrialTable table, double goodShare) {
    Standing[] standings = new Standing[table.size()];
    Arrays.setAll(standings, table::standing);
    if (table.spec().goals().size() > 1) {
      rankByFronts(table, standings, goodShare);
    }
    return standings;
  }

  private static void rankByFronts(TrialTable table, Standing[] standings, double goodShare) {
    int[] rows =
        IntStream.range(0, standings.length)
            .filter(row -> standings[row].kind() == Standing.Kind.FEASIBLE)
            .toArray();
    double[][] losses = new double[rows.length][];
    Arrays.setAll(losses, i -> table.losses(rows[i]));
    int[] fronts = ParetoOrder.fronts(losses);
    double[] worths =
        table.spec().goals().size() == 2
            ? ParetoOrder.crowding(losses, fronts)
            : ParetoOrder.shares(losses, fronts, (int) Math.ceil(goodShare * rows.length));
    for (int i = 0; i < rows.length; i++) {
      standings[rows[i]] = new Standing(Standing.Kind.FEASIBLE, fronts[i], -worths[i]);
    }
  }

  /** The same split of those rows that have a value in one of the dimensions. */
  Split where(TrialTable table, int[] dimensions) {
    return new Split(active(table, below, dimensions), active(table, above, dimensions));
  }

  private static int[] active(TrialTable table, int[] rows, int[] dimensions) {
    return Arrays.stream(rows)
        .filter(row -> Arrays.stream(dimensions).anyMatch(each -> table.active(each, row)))
        .toArray();
  }
}
