package org.fettle.executor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.fettle.executor.data.Holdout.Targets;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.junit.jupiter.api.Test;

class HoldoutTest {

  /** Each row's feature is its number; of ten rows, the classes 0, 0, 0, 0, 0, 0, 0, 1, 1, 2. */
  private static Examples examples(int rows) {
    float[] numbers = new float[rows];
    float[] classes = new float[rows];
    for (int row = 0; row < rows; row++) {
      numbers[row] = row;
      classes[row] = row % 10 < 7 ? 0 : row % 10 < 9 ? 1 : 2;
    }
    return new Examples(new FloatMatrix(rows, 1, numbers), classes);
  }

  private static long count(Examples examples, int target) {
    long count = 0;
    for (float each : examples.targets()) {
      count += each == target ? 1 : 0;
    }
    return count;
  }

  @Test
  void everyRowIsOnOneSide() {
    Holdout rows = Holdout.of(examples(100), 0.13, Targets.VALUES, Ties.none(), 7);
    List<Float> all = new ArrayList<>();
    for (Examples part : List.of(rows.training(), rows.held())) {
      for (float number : part.features().values()) {
        all.add(number);
      }
    }
    assertThat(rows.held().rows()).isEqualTo(13);
    assertThat(all).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void takesTheSamePartOfEachClass() {
    Holdout rows = Holdout.of(examples(200), 0.1, Targets.CLASSES, Ties.none(), 7);
    assertThat(count(rows.held(), 0)).isEqualTo(14);
    assertThat(count(rows.held(), 1)).isEqualTo(4);
    assertThat(count(rows.held(), 2)).isEqualTo(2);
  }

  @Test
  void isTheSameForTheSameSeedAndAnotherForAnother() {
    float[] held =
        Holdout.of(examples(100), 0.2, Targets.CLASSES, Ties.none(), 7).held().features().values();
    assertThat(
            Holdout.of(examples(100), 0.2, Targets.CLASSES, Ties.none(), 7)
                .held()
                .features()
                .values())
        .containsExactly(held);
    assertThat(
            Holdout.of(examples(100), 0.2, Targets.CLASSES, Ties.none(), 8)
                .held()
                .features()
                .values())
        .isNotEqualTo(held);
  }

  @Test
  void holdsOutOneRowAtLeastAndLeavesOne() {
    assertThat(Holdout.of(examples(5), 0.1, Targets.VALUES, Ties.none(), 1).held().rows())
        .isEqualTo(1);
    assertThat(Holdout.of(examples(2), 0.9, Targets.VALUES, Ties.none(), 1).training().rows())
        .isEqualTo(1);
    assertThatThrownBy(() -> Holdout.of(examples(1), 0.1, Targets.VALUES, Ties.none(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Training rows must be more than the 1 to hold out, but were 1");
  }

  @Test
  void holdsOutWholeGroups() {
    int[] groups = new int[100];
    for (int row = 0; row < 100; row++) {
      groups[row] = row % 7;
    }
    Holdout rows =
        Holdout.of(examples(100), 0.2, Targets.CLASSES, new Ties(Ties.Kind.GROUPS, groups), 7);
    List<Integer> held = groupsOf(rows.held());
    assertThat(held).hasSize(1);
    assertThat(groupsOf(rows.training())).hasSize(6).doesNotContainAnyElementsOf(held);
    assertThatThrownBy(
            () ->
                Holdout.of(
                    examples(10), 0.2, Targets.VALUES, new Ties(Ties.Kind.GROUPS, new int[10]), 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Groups of the training rows must be two or more to hold one out, but were 1");
  }

  @Test
  void holdsOutTheSmallestGroupWhereNoneFits() {
    int[] groups = {0, 0, 0, 0, 0, 1, 1, 1, 2, 2};
    Holdout rows =
        Holdout.of(examples(10), 0.1, Targets.VALUES, new Ties(Ties.Kind.GROUPS, groups), 7);
    assertThat(rows.held().features().values()).containsExactly(8, 9);
  }

  private static List<Integer> groupsOf(Examples examples) {
    List<Integer> groups = new ArrayList<>();
    for (float number : examples.features().values()) {
      groups.add((int) number % 7);
    }
    return groups.stream().distinct().toList();
  }

  @Test
  void holdsOutTheLatestRowsAndNoTimeOnBothSides() {
    int[] times = {5, 1, 4, 4, 2, 3, 4, 0, 0, 1};
    Holdout rows =
        Holdout.of(examples(10), 0.2, Targets.CLASSES, new Ties(Ties.Kind.TIME, times), 7);
    assertThat(rows.held().features().values()).containsExactly(0, 2, 3, 6);
    int[] twoTimes = {0, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    Holdout most =
        Holdout.of(examples(10), 0.2, Targets.VALUES, new Ties(Ties.Kind.TIME, twoTimes), 7);
    assertThat(most.training().rows()).isEqualTo(1);
    assertThatThrownBy(
            () ->
                Holdout.of(
                    examples(10), 0.2, Targets.VALUES, new Ties(Ties.Kind.TIME, new int[10]), 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Times of the training rows must be two or more to hold one out, but were 1");
  }
}
