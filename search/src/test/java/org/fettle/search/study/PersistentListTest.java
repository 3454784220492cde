package org.fettle.search.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.fettle.search.TestSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSeed.class)
class PersistentListTest {

  @Test
  void doesWhatAnArrayListDoesAndKeepsEverySnapshot() {
    RandomGenerator random = new SplittableRandom(TestSeed.value());
    PersistentList<Integer> list = PersistentList.empty();
    List<Integer> expected = new ArrayList<>();
    Map<PersistentList<Integer>, List<Integer>> snapshots = new IdentityHashMap<>();
    for (int i = 0; i < 5000; i++) {
      if (expected.isEmpty() || random.nextInt(3) > 0) {
        list = list.plus(i);
        expected.add(i);
      } else {
        int index = random.nextInt(expected.size());
        list = list.with(index, -i);
        expected.set(index, -i);
      }
      if (i % 250 == 0) {
        snapshots.put(list, List.copyOf(expected));
      }
    }
    assertThat(list).isEqualTo(expected);
    assertThat(snapshots).hasSize(20).allSatisfy((each, was) -> assertThat(each).isEqualTo(was));
  }

  @Test
  void sharesNothingBetweenTwoThatGrowFromOne() {
    PersistentList<String> one = PersistentList.<String>empty().plus("a");
    assertThat(one.plus("b")).containsExactly("a", "b");
    assertThat(one.plus("c")).containsExactly("a", "c");
    assertThat(one).containsExactly("a");
  }

  @Test
  void holdsAHundredThousandElements() {
    PersistentList<Integer> list = PersistentList.empty();
    for (int i = 0; i < 100_000; i++) {
      list = list.plus(i);
    }
    PersistentList<Integer> before = list;
    for (int i = 0; i < 100_000; i += 97) {
      list = list.with(i, -1);
    }
    assertThat(before.get(97)).isEqualTo(97);
    assertThat(list.get(97)).isEqualTo(-1);
    assertThat(list.get(98)).isEqualTo(98);
    assertThat(list.get(99_999)).isEqualTo(99_999);
  }

  @Test
  void refusesPlacesOutside() {
    PersistentList<String> one = PersistentList.<String>empty().plus("a");
    assertThatThrownBy(() -> one.get(1))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("Index 1");
    assertThatThrownBy(() -> one.with(1, "b")).hasMessageContaining("Index 1");
    assertThatThrownBy(() -> one.add("b")).isInstanceOf(UnsupportedOperationException.class);
  }
}
