package org.fettle.executor.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Divides rows into those that train and those that validate. The kinds have the names of
 * scikit-learn's. Same rows, keys and seed, same splits.
 */
public sealed interface Splitter {

  /**
   * Divides some rows.
   *
   * @param rows ascending
   * @throws SplitException where that cannot be done
   */
  List<Split> split(int[] rows, Keys keys, long seed);

  /** A splitter that takes a part of the rows out once, with the same regard for what they are. */
  Splitter holdOut(double part);

  /** What the codes of the rows are, beyond this splitter's own use of them. */
  default Ties.Kind ties() {
    if (this instanceof GroupKFold || this instanceof GroupShuffleSplit) {
      return Ties.Kind.GROUPS;
    }
    return this instanceof TimeSeriesSplit || this instanceof TimeHoldOut
        ? Ties.Kind.TIME
        : Ties.Kind.NONE;
  }

  /**
   * Rows in random order, dealt out in turn: the sizes of folds differ by at most one row.
   *
   * @param stratified whether the same holds within each class; a class starts where the one before
   *     it ended, which keeps the folds even
   */
  record KFold(int folds, boolean stratified) implements Splitter {
    public KFold {
      requireFolds(folds);
    }

    @Override
    public List<Split> split(int[] rows, Keys keys, long seed) {
      requireAtMost("folds", folds, rows.length, "rows");
      int[] turns = stratified ? turns(rows, keys.classes()) : new int[1];
      int[] foldOfRow = new int[keys.rows()];
      for (int row : shuffled(rows, seed)) {
        foldOfRow[row] = turns[stratified ? (int) keys.classes()[row] : 0]++ % folds;
      }
      return takingTurns(rows, foldOfRow, folds);
    }

    /** The place of each class's first row when all rows are ordered by class. */
    private static int[] turns(int[] rows, float[] classes) {
      int[] counts = countClasses(rows, classes);
      int[] turns = new int[counts.length];
      for (int each = 1; each < counts.length; each++) {
        turns[each] = turns[each - 1] + counts[each - 1];
      }
      return turns;
    }

    @Override
    public Splitter holdOut(double part) {
      return new ShuffleSplit(part, stratified);
    }
  }

  /**
   * Groups of rows that stay together, the largest first and each to where it fits best: the fold
   * with the fewest rows.
   *
   * @param stratified whether it goes to the fold that leaves the classes most evenly spread
   */
  record GroupKFold(int folds, boolean stratified) implements Splitter {
    public GroupKFold {
      requireFolds(folds);
    }

    @Override
    public List<Split> split(int[] rows, Keys keys, long seed) {
      List<int[]> groups = groups(rows, keys.codes(), seed);
      requireAtMost("folds", folds, groups.size(), "groups");
      Spread spread = new Spread(folds, countClasses(rows, keys.classes()));
      groups.sort(
          Comparator.comparingDouble(
                  (int[] group) ->
                      stratified ? -Spread.unevenness(spread.counts(group, keys.classes())) : 0)
              .thenComparing(group -> -group.length));
      int[] foldOfRow = new int[keys.rows()];
      for (int[] group : groups) {
        int[] counts = spread.counts(group, keys.classes());
        int fold = stratified ? spread.evenest(counts) : spread.emptiest();
        spread.add(fold, counts);
        Arrays.stream(group).forEach(row -> foldOfRow[row] = fold);
      }
      return takingTurns(rows, foldOfRow, folds);
    }

    @Override
    public Splitter holdOut(double part) {
      return new GroupShuffleSplit(part);
    }
  }

  /**
   * Rows in order of time, the last of which validate in as many blocks as there are folds; what
   * comes before a block trains it. Rows of equal time keep their order.
   *
   * @param testSize rows of a block; by default all rows over one more than the folds
   * @param maxTrainSize how many rows train at most, the latest: a window that slides
   * @param gap rows between those that train and those that validate, which do neither
   */
  record TimeSeriesSplit(int folds, OptionalInt testSize, OptionalInt maxTrainSize, int gap)
      implements Splitter {

    @Override
    public List<Split> split(int[] rows, Keys keys, long seed) {
      int[] ordered = inTime(rows, keys.codes());
      int size = testSize.orElse(rows.length / (folds + 1));
      if (size == 0 || rows.length - gap - (long) folds * size < 1) {
        throw new SplitException(
            "folds",
            folds,
            "must leave rows to train on before its blocks of %d rows and a gap of %d, of %d rows"
                .formatted(size, gap, rows.length));
      }
      List<Split> splits = new ArrayList<>();
      for (int fold = 0; fold < folds; fold++) {
        int start = rows.length - (folds - fold) * size;
        splits.add(
            new Split(
                window(ordered, start - gap),
                sorted(Arrays.copyOfRange(ordered, start, start + size))));
      }
      return splits;
    }

    /** The rows that train before a place in time. */
    private int[] window(int[] ordered, int end) {
      int start = Math.max(0, end - maxTrainSize.orElse(end));
      return sorted(Arrays.copyOfRange(ordered, start, end));
    }

    @Override
    public Splitter holdOut(double part) {
      return new TimeHoldOut(part, OptionalInt.empty(), gap);
    }
  }

  /** The last rows in order of time validate, and those before them train. */
  record TimeHoldOut(double part, OptionalInt maxTrainSize, int gap) implements Splitter {
    @Override
    public List<Split> split(int[] rows, Keys keys, long seed) {
      OptionalInt size = OptionalInt.of(held(part, rows.length));
      return new TimeSeriesSplit(1, size, maxTrainSize, gap).split(rows, keys, seed);
    }

    @Override
    public Splitter holdOut(double other) {
      return new TimeHoldOut(other, OptionalInt.empty(), gap);
    }
  }

  /** Folds as the data has them; rows without one train in all. */
  record PredefinedSplit() implements Splitter {
    @Override
    public List<Split> split(int[] rows, Keys keys, long seed) {
      int folds = Arrays.stream(keys.codes()).max().orElse(-1) + 1;
      return takingTurns(rows, keys.codes(), folds);
    }

    @Override
    public Splitter holdOut(double part) {
      throw new UnsupportedOperationException("Given folds say nothing of other rows");
    }
  }

  /**
   * A part of the rows, drawn at random, validates, rounded up.
   *
   * @param stratified whether it has of each class the same part, to a row
   */
  record ShuffleSplit(double part, boolean stratified) implements Splitter {
    @Override
    public List<Split> split(int[] rows, Keys keys, long seed) {
      int[] counts = stratified ? countClasses(rows, keys.classes()) : new int[] {rows.length};
      int[] left = new int[counts.length];
      int all = 0;
      int taken = 0;
      for (int each = 0; each < counts.length; each++) {
        all += counts[each];
        left[each] = held(part, all) - taken;
        taken += left[each];
      }
      boolean[] held = new boolean[keys.rows()];
      for (int row : shuffled(rows, seed)) {
        int each = stratified ? (int) keys.classes()[row] : 0;
        held[row] = left[each]-- > 0;
      }
      return List.of(parted("holdout", part, rows, row -> held[row], "rows"));
    }

    @Override
    public Splitter holdOut(double other) {
      return new ShuffleSplit(other, stratified);
    }
  }

  /** Groups drawn at random validate, as many as fit a part of the rows, but one at least. */
  record GroupShuffleSplit(double part) implements Splitter {
    @Override
    public List<Split> split(int[] rows, Keys keys, long seed) {
      List<int[]> groups = groups(rows, keys.codes(), seed);
      if (groups.size() < 2) {
        throw new SplitException("group", groups.size() + " group", "must have two groups or more");
      }
      int most = held(part, rows.length);
      int[] smallest = Collections.min(groups, Comparator.comparingInt(group -> group.length));
      boolean[] held = new boolean[keys.rows()];
      int taken = 0;
      for (int[] group : groups) {
        boolean fits =
            taken + group.length <= most || (smallest.length > most && group == smallest);
        if (fits) {
          taken += group.length;
          Arrays.stream(group).forEach(row -> held[row] = true);
        }
      }
      return List.of(parted("holdout", part, rows, row -> held[row], "groups"));
    }

    @Override
    public Splitter holdOut(double other) {
      return new GroupShuffleSplit(other);
    }
  }

  private static void requireFolds(int folds) {
    if (folds < 2) {
      throw new SplitException("folds", folds, "must be at least 2");
    }
  }

  private static void requireAtMost(String key, int value, int most, String what) {
    if (value > most) {
      throw new SplitException(key, value, "must be at most the number of " + what + ", " + most);
    }
  }

  /** How many rows a part of some is, rounded up; a hair above a whole number is that number. */
  private static int held(double part, int rows) {
    return (int) Math.ceil(part * rows - 1e-9);
  }

  private static Split parted(
      String key, double part, int[] rows, IntPredicate validates, String what) {
    int[] validation = Arrays.stream(rows).filter(validates).toArray();
    int[] training = Arrays.stream(rows).filter(row -> !validates.test(row)).toArray();
    if (validation.length == 0 || training.length == 0) {
      throw new SplitException(
          key, part, "must leave %s on both sides, of %d rows".formatted(what, rows.length));
    }
    return new Split(training, validation);
  }

  /** A split for each fold, whose rows validate while all others train. */
  private static List<Split> takingTurns(int[] rows, int[] foldOfRow, int folds) {
    return IntStream.range(0, folds)
        .mapToObj(
            fold ->
                new Split(
                    Arrays.stream(rows).filter(row -> foldOfRow[row] != fold).toArray(),
                    Arrays.stream(rows).filter(row -> foldOfRow[row] == fold).toArray()))
        .toList();
  }

  private static int[] shuffled(int[] rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = rows.clone();
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int row = order[i];
      order[i] = order[other];
      order[other] = row;
    }
    return order;
  }

  /** How many of the rows each class has. */
  private static int[] countClasses(int[] rows, float[] classes) {
    int[] counts = new int[1];
    for (int row : rows) {
      int each = (int) classes[row];
      if (each >= counts.length) {
        counts = Arrays.copyOf(counts, each + 1);
      }
      counts[each]++;
    }
    return counts;
  }

  /** The rows of each group, the groups in random order. */
  private static List<int[]> groups(int[] rows, int[] groupOfRow, long seed) {
    Map<Integer, IntStream.Builder> byGroup = new LinkedHashMap<>();
    for (int row : rows) {
      byGroup.computeIfAbsent(groupOfRow[row], group -> IntStream.builder()).add(row);
    }
    List<int[]> groups = byGroup.values().stream().map(group -> group.build().toArray()).toList();
    int[] order = shuffled(IntStream.range(0, groups.size()).toArray(), seed);
    return Arrays.stream(order).mapToObj(groups::get).collect(Collectors.toList());
  }

  /** The rows by time, those of one time as they are; as they are where no times are given. */
  private static int[] inTime(int[] rows, int[] times) {
    return times.length == 0
        ? rows
        : Arrays.stream(rows)
            .boxed()
            .sorted(Comparator.comparingInt(row -> times[row]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  private static int[] sorted(int[] rows) {
    int[] ascending = rows.clone();
    Arrays.sort(ascending);
    return ascending;
  }
}
