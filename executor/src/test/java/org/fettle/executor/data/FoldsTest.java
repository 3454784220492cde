package org.fettle.executor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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
          Folds.stratified(classes, count, i),
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
    int[] folds = Folds.shuffled(40, 4, 1).validation(0);
    assertThat(Folds.shuffled(40, 4, 1).validation(0)).isEqualTo(folds);
    assertThat(Folds.shuffled(40, 4, 2).validation(0)).isNotEqualTo(folds);
  }

  @Test
  void rowsAreInRandomOrder() {
    SplittableRandom random = new SplittableRandom(SEED);
    int[] together = new int[1];
    int draws = 2000;
    for (int i = 0; i < draws; i++) {
      Folds folds = Folds.shuffled(10, 2, random.nextLong());
      if (Arrays.equals(folds.validation(0), new int[] {0, 2, 4, 6, 8})) {
        together[0]++;
      }
    }
    // One of 252 halves: 7.9 expected of 2000, standard deviation 2.8; α = 1e-4.
    assertThat(together[0]).as("-Dtests.seed=%d", SEED).isLessThan(20);
  }

  @Test
  void asManyFoldsAsRowsLeavesOneOut() {
    Folds folds = Folds.shuffled(5, 5, 3);
    for (int fold = 0; fold < 5; fold++) {
      assertThat(folds.validation(fold)).hasSize(1);
    }
  }

  @Test
  void refusesMoreFoldsThanRowsAndFewerThanTwo() {
    assertThatThrownBy(() -> Folds.shuffled(3, 5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Folds must be from 2 to the number of rows (3), but were 5");
    assertThatThrownBy(() -> Folds.stratified(new float[3], 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Folds must be from 2 to the number of rows (3), but were 1");
  }

  @Test
  void refusesAFoldThatThereIsNot() {
    Folds folds = Folds.shuffled(6, 3, 1);
    assertThatThrownBy(() -> folds.training(3)).hasMessage("Fold must be from 0 to 2, but was 3");
    assertThatThrownBy(() -> folds.validation(-1))
        .hasMessage("Fold must be from 0 to 2, but was -1");
  }
}
