package org.fettle.executor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fettle.executor.Samples;
import org.junit.jupiter.api.Test;

class FoldsTest {

  private static final long SEED = Long.getLong("tests.seed", 20261122L);

  @Test
  void everyRowIsValidatedOnceAndTrainsInAllOtherFolds() {
    forRandomFolds(
        (folds, classes, description) -> {
          int[] validated = new int[classes.length];
          for (int fold = 0; fold < folds.count(); fold++) {
            Arrays.stream(folds.validation(fold)).forEach(row -> validated[row]++);
            int[] both =
                IntStream.concat(
                        Arrays.stream(folds.validation(fold)), Arrays.stream(folds.training(fold)))
                    .sorted()
                    .toArray();
            assertThat(both)
                .as(description)
                .isEqualTo(IntStream.range(0, classes.length).toArray());
            assertThat(folds.training(fold)).as(description).isSorted();
            assertThat(folds.validation(fold)).as(description).isSorted();
          }
          assertThat(validated).as(description).containsOnly(1);
        });
  }

  @Test
  void sizesDifferByAtMostOneRow() {
    forRandomFolds(
        (folds, classes, description) ->
            assertEven(
                description,
                IntStream.range(0, folds.count()).map(fold -> folds.validation(fold).length)));
  }

  @Test
  void aClassDiffersByAtMostOneRowBetweenFolds() {
    forRandomFolds(
        (folds, classes, description) -> {
          for (float each : classes) {
            assertEven(
                description,
                IntStream.range(0, folds.count())
                    .map(
                        fold ->
                            (int)
                                Arrays.stream(folds.validation(fold))
                                    .filter(row -> classes[row] == each)
                                    .count()));
          }
        });
  }

  private interface Check {
    void check(Folds folds, float[] classes, String description);
  }

  private static void forRandomFolds(Check check) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 100; i++) {
      float[] classes = new float[2 + random.nextInt(60)];
      int kinds = 1 + random.nextInt(6);
      for (int row = 0; row < classes.length; row++) {
        classes[row] = Math.min(random.nextInt(kinds), random.nextInt(kinds));
      }
      int count = 2 + random.nextInt(Math.min(9, classes.length - 1));
      check.check(
          Samples.stratified(classes, count, i),
          classes,
          "case %d of -Dtests.seed=%d".formatted(i, SEED));
    }
  }

  private static void assertEven(String description, IntStream sizes) {
    int[] sorted = sizes.sorted().toArray();
    assertThat(sorted[sorted.length - 1] - sorted[0]).as(description).isLessThanOrEqualTo(1);
  }

  @Test
  void aSeedGivesTheSameFoldsAndAnotherGivesOthers() {
    int[] folds = Samples.shuffled(40, 4, 1).validation(0);
    assertThat(Samples.shuffled(40, 4, 1).validation(0)).isEqualTo(folds);
    assertThat(Samples.shuffled(40, 4, 2).validation(0)).isNotEqualTo(folds);
  }

  @Test
  void rowsAreInRandomOrder() {
    SplittableRandom random = new SplittableRandom(SEED);
    int[] together = new int[1];
    int draws = 2000;
    for (int i = 0; i < draws; i++) {
      Folds folds = Samples.shuffled(10, 2, random.nextLong());
      if (Arrays.equals(folds.validation(0), new int[] {0, 2, 4, 6, 8})) {
        together[0]++;
      }
    }
    // One of 252 halves: 7.9 expected of 2000, standard deviation 2.8; α = 1e-4.
    assertThat(together[0]).as("-Dtests.seed=%d", SEED).isLessThan(20);
  }

  @Test
  void asManyFoldsAsRowsLeavesOneOut() {
    Folds folds = Samples.shuffled(5, 5, 3);
    for (int fold = 0; fold < 5; fold++) {
      assertThat(folds.validation(fold)).hasSize(1);
    }
  }

  @Test
  void refusesMoreFoldsThanRowsAndFewerThanTwo() {
    assertThatThrownBy(() -> Samples.shuffled(3, 5, 1))
        .isInstanceOf(SplitException.class)
        .hasMessage("folds must be at most the number of rows, 3, but was 5");
    assertThatThrownBy(() -> Samples.stratified(new float[3], 1, 1))
        .isInstanceOf(SplitException.class)
        .hasMessage("folds must be at least 2, but was 1");
  }

  @Test
  void refusesAFoldThatThereIsNot() {
    Folds folds = Samples.shuffled(6, 3, 1);
    assertThatThrownBy(() -> folds.training(3)).hasMessage("Fold must be from 0 to 2, but was 3");
    assertThatThrownBy(() -> folds.validation(-1))
        .hasMessage("Fold must be from 0 to 2, but was -1");
  }

  @Test
  void repeatsAreOtherDrawsOfTheSameRows() {
    Keys keys = new Keys(new float[30], new int[0]);
    Splitter splitter = new Splitter.KFold(3, false);
    Folds folds = Folds.of(splitter, keys, 4, OptionalDouble.empty(), 7);
    assertThat(folds.count()).isEqualTo(12);
    Set<List<Integer>> draws = new HashSet<>();
    for (int repeat = 0; repeat < 4; repeat++) {
      int[] validated = new int[30];
      for (int fold = 3 * repeat; fold < 3 * repeat + 3; fold++) {
        Arrays.stream(folds.validation(fold)).forEach(row -> validated[row]++);
        draws.add(Arrays.stream(folds.validation(fold)).boxed().toList());
      }
      assertThat(validated).containsOnly(1);
    }
    assertThat(draws).hasSize(12);
    assertThat(folds.validation(1))
        .as("the first draw is that of a study without repeats")
        .isEqualTo(Samples.shuffled(30, 3, 7).validation(1));
  }

  @Test
  void testRowsAreInNoRun() {
    SplittableRandom random = new SplittableRandom(SEED);
    int[] codes = random.ints(60, 0, 12).toArray();
    List<Splitter> splitters =
        List.of(
            new Splitter.KFold(3, true),
            new Splitter.GroupKFold(3, false),
            new Splitter.TimeSeriesSplit(3, OptionalInt.empty(), OptionalInt.empty(), 2),
            new Splitter.ShuffleSplit(0.3, true),
            new Splitter.GroupShuffleSplit(0.3),
            new Splitter.TimeHoldOut(0.3, OptionalInt.empty(), 0));
    for (Splitter splitter : splitters) {
      float[] classes = new float[60];
      for (int row = 0; row < 60; row++) {
        classes[row] = random.nextInt(2);
      }
      Keys keys = new Keys(classes, codes);
      Folds folds = Folds.of(splitter, keys, 1, OptionalDouble.of(0.2), random.nextLong());
      String description = "%s of -Dtests.seed=%d".formatted(splitter, SEED);
      assertThat(folds.test()).as(description).hasSizeBetween(1, 12);
      assertThat(folds.refit()).as(description).doesNotContain(folds.test());
      for (int fold = 0; fold < folds.count(); fold++) {
        assertThat(folds.refit())
            .as(description)
            .contains(folds.training(fold))
            .contains(folds.validation(fold));
      }
    }
  }

  @Test
  void digestsAreEqualForEqualFoldsAlone() {
    String digest = Samples.shuffled(40, 4, 1).digest();
    assertThat(digest).hasSize(64).isEqualTo(Samples.shuffled(40, 4, 1).digest());
    assertThat(Samples.shuffled(40, 4, 2).digest()).isNotEqualTo(digest);
    assertThat(Samples.shuffled(40, 5, 1).digest()).isNotEqualTo(digest);
    Keys keys = new Keys(new float[40], new int[0]);
    Splitter splitter = new Splitter.KFold(4, false);
    assertThat(Folds.of(splitter, keys, 1, OptionalDouble.of(0.1), 1).digest())
        .isNotEqualTo(digest);
  }
}
