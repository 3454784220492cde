package org.fettle.executor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.fettle.executor.Samples;
import org.junit.jupiter.api.Test;

/** References are scikit-learn 1.9's. */
class SplitterTest {

  private static final long SEED = Long.getLong("tests.seed", 20261122L);

  private static Keys keys(int... codes) {
    return new Keys(new float[codes.length], codes);
  }

  private static List<Split> split(Splitter splitter, Keys keys, long seed) {
    return splitter.split(IntStream.range(0, keys.rows()).toArray(), keys, seed);
  }

  private static TreeSet<Integer> codes(int[] rows, Keys keys) {
    TreeSet<Integer> codes = new TreeSet<>();
    Arrays.stream(rows).forEach(row -> codes.add(keys.codes()[row]));
    return codes;
  }

  private static String text(Split split) {
    return Arrays.toString(split.training()) + " " + Arrays.toString(split.validation());
  }

  @Test
  void aGroupIsOnOneSide() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 100; i++) {
      int groups = 3 + random.nextInt(20);
      int rows = groups + random.nextInt(100);
      int[] codes = IntStream.range(0, rows).map(row -> random.nextInt(groups)).toArray();
      IntStream.range(0, groups).forEach(group -> codes[group] = group);
      float[] classes = new float[rows];
      for (int row = 0; row < rows; row++) {
        classes[row] = random.nextInt(3);
      }
      Keys keys = new Keys(classes, codes);
      for (Splitter splitter :
          List.of(
              new Splitter.GroupKFold(3, false),
              new Splitter.GroupKFold(3, true),
              new Splitter.GroupShuffleSplit(0.4))) {
        List<Split> splits = split(splitter, keys, i);
        String description = "case %d of -Dtests.seed=%d, %s".formatted(i, SEED, splitter);
        int[] validated = new int[rows];
        for (Split split : splits) {
          TreeSet<Integer> both = codes(split.training(), keys);
          both.retainAll(codes(split.validation(), keys));
          assertThat(both).as(description).isEmpty();
          assertThat(split.training().length + split.validation().length).isEqualTo(rows);
          assertThat(split.validation()).as(description).isNotEmpty();
          Arrays.stream(split.validation()).forEach(row -> validated[row]++);
        }
        if (splits.size() == 3) {
          assertThat(validated).as(description).containsOnly(1);
        }
        assertThat(split(splitter, keys, i))
            .extracting(SplitterTest::text)
            .isEqualTo(splits.stream().map(SplitterTest::text).toList());
      }
    }
  }

  @Test
  void foldsOfGroupsAreAsLargeAsTheReferences() {
    int[] sizes = {7, 5, 4, 3, 3, 2, 1};
    int[] codes =
        IntStream.range(0, sizes.length)
            .flatMap(group -> IntStream.generate(() -> group).limit(sizes[group]))
            .toArray();
    for (long seed = 0; seed < 20; seed++) {
      assertThat(split(new Splitter.GroupKFold(3, false), keys(codes), seed))
          .extracting(split -> split.validation().length)
          .as("seed %d", seed)
          .containsExactlyInAnyOrder(9, 8, 8);
    }
  }

  /** StratifiedGroupKFold gives folds of 8, 6 and 6 rows, each with 4 of class 1. */
  @Test
  void foldsOfGroupsKeepTheClassesLikeTheReference() {
    float[] classes = {0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0};
    int[] codes = {0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5, 5, 6, 6, 7, 7, 8, 8};
    Keys keys = new Keys(classes, codes);
    for (long seed = 0; seed < 20; seed++) {
      for (Split split : split(new Splitter.GroupKFold(3, true), keys, seed)) {
        long ones = Arrays.stream(split.validation()).filter(row -> classes[row] == 1).count();
        assertThat(ones).as("seed %d", seed).isBetween(3L, 5L);
        assertThat(split.validation().length).as("seed %d", seed).isBetween(5, 8);
      }
    }
  }

  @Test
  void refusesFewerGroupsThanFolds() {
    assertThatThrownBy(() -> split(new Splitter.GroupKFold(3, false), keys(0, 1, 1, 0), 1))
        .isInstanceOf(SplitException.class)
        .hasMessage("folds must be at most the number of groups, 2, but was 3");
    assertThatThrownBy(() -> split(new Splitter.GroupShuffleSplit(0.5), keys(0, 0), 1))
        .hasMessage("group must have two groups or more, but was 1 group");
  }

  private static Splitter.TimeSeriesSplit time(int folds, int size, int window, int gap) {
    return new Splitter.TimeSeriesSplit(
        folds,
        size == 0 ? OptionalInt.empty() : OptionalInt.of(size),
        window == 0 ? OptionalInt.empty() : OptionalInt.of(window),
        gap);
  }

  @Test
  void blocksOfTimeAreTheReferences() {
    Keys keys = new Keys(new float[11], new int[0]);
    assertThat(split(time(3, 0, 0, 0), keys, 1))
        .extracting(SplitterTest::text)
        .containsExactly(
            "[0, 1, 2, 3, 4] [5, 6]",
            "[0, 1, 2, 3, 4, 5, 6] [7, 8]",
            "[0, 1, 2, 3, 4, 5, 6, 7, 8] [9, 10]");
    assertThat(split(time(3, 2, 0, 2), keys, 1))
        .extracting(SplitterTest::text)
        .containsExactly(
            "[0, 1, 2] [5, 6]", "[0, 1, 2, 3, 4] [7, 8]", "[0, 1, 2, 3, 4, 5, 6] [9, 10]");
    assertThat(split(time(2, 0, 3, 1), keys, 1))
        .extracting(SplitterTest::text)
        .containsExactly("[1, 2, 3] [5, 6, 7]", "[4, 5, 6] [8, 9, 10]");
  }

  @Test
  void trainsOnWhatWasBeforeWhateverTheOrderOfRows() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 100; i++) {
      int rows = 20 + random.nextInt(80);
      int[] times = random.ints(rows, 0, 30).toArray();
      Keys keys = keys(times);
      for (Split split : split(time(1 + random.nextInt(4), 0, 0, random.nextInt(3)), keys, i)) {
        int latest = Arrays.stream(split.training()).map(row -> times[row]).max().orElseThrow();
        int earliest = Arrays.stream(split.validation()).map(row -> times[row]).min().orElseThrow();
        assertThat(latest).as("case %d of -Dtests.seed=%d", i, SEED).isLessThanOrEqualTo(earliest);
      }
    }
  }

  @Test
  void refusesBlocksThatLeaveNothingToTrainOn() {
    Keys keys = new Keys(new float[10], new int[0]);
    assertThatThrownBy(() -> split(time(3, 3, 0, 1), keys, 1))
        .hasMessage(
            "folds must leave rows to train on before its blocks of 3 rows and a gap of 1, of 10"
                + " rows, but was 3");
    assertThatThrownBy(() -> split(time(10, 0, 0, 0), keys, 1))
        .hasMessageContaining("blocks of 0 rows");
  }

  @Test
  void takesTheFoldsThatTheDataHas() {
    assertThat(split(new Splitter.PredefinedSplit(), keys(0, 1, -1, 1, 0), 1))
        .extracting(SplitterTest::text)
        .containsExactly("[1, 2, 3] [0, 4]", "[0, 2, 4] [1, 3]");
  }

  @Test
  void holdsOutAPartOfEachClass() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 100; i++) {
      int rows = 10 + random.nextInt(90);
      float[] classes = new float[rows];
      for (int row = 0; row < rows; row++) {
        classes[row] = random.nextInt(1 + random.nextInt(4));
      }
      double part = random.nextDouble(0.1, 0.6);
      Splitter splitter = new Splitter.ShuffleSplit(part, true);
      Split split = split(splitter, new Keys(classes, new int[0]), i).get(0);
      String description = "case %d of -Dtests.seed=%d".formatted(i, SEED);
      assertThat(split.validation()).as(description).hasSize((int) Math.ceil(part * rows));
      assertThat(split.training()).as(description).hasSize(rows - split.validation().length);
      for (int each = 0; each < 4; each++) {
        int ofClass = each;
        long all = IntStream.range(0, rows).filter(row -> classes[row] == ofClass).count();
        long held =
            Arrays.stream(split.validation()).filter(row -> classes[row] == ofClass).count();
        assertThat(Math.abs(held - part * all)).as(description).isLessThan(1);
      }
    }
  }

  @Test
  void holdsOutTheLastRows() {
    Splitter splitter = new Splitter.TimeHoldOut(0.3, OptionalInt.of(4), 1);
    assertThat(split(splitter, keys(9, 8, 7, 6, 5, 4, 3, 2, 1, 0), 1))
        .extracting(SplitterTest::text)
        .containsExactly("[4, 5, 6, 7] [0, 1, 2]");
  }

  @Test
  void refusesAPartThatLeavesNothing() {
    Splitter splitter = new Splitter.ShuffleSplit(0.9, false);
    assertThatThrownBy(() -> split(splitter, new Keys(new float[2], new int[0]), 1))
        .isInstanceOf(SplitException.class)
        .hasMessage("holdout must leave rows on both sides, of 2 rows, but was 0.9");
  }

  @Test
  void aPartRoundsUpButNotForRounding() {
    // 0.07 · 100 is 7.000000000000001 in doubles.
    Splitter splitter = new Splitter.ShuffleSplit(0.07, false);
    Keys keys = new Keys(new float[100], new int[0]);
    assertThat(split(splitter, keys, 1).get(0).validation()).hasSize(7);
    assertThat(Samples.folds(splitter, keys, 3).validation(0))
        .isEqualTo(Samples.folds(splitter, keys, 3).validation(0))
        .isNotEqualTo(Samples.folds(splitter, keys, 4).validation(0));
  }
}
