package org.fettle.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fettle.search.space.Condition.always;
import static org.fettle.search.space.Condition.atLeast;
import static org.fettle.search.space.Condition.oneOf;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConditionTest {

  @Test
  void holdsForOneOfTheValues() {
    assertThat(oneOf("a", "x", 3).holds(Map.of("a", "x"))).isTrue();
    assertThat(oneOf("a", "x", 3).holds(Map.of("a", 3L))).isTrue();
    assertThat(oneOf("a", 3).holds(Map.of("a", 3.0))).isTrue();
    assertThat(oneOf("a", "x").holds(Map.of("a", "y"))).isFalse();
    assertThat(oneOf("a", "3").holds(Map.of("a", 3L))).isFalse();
    assertThat(oneOf("a", true).holds(Map.of())).isFalse();
  }

  @Test
  void holdsFromABoundOn() {
    assertThat(atLeast("n", 2).holds(Map.of("n", 2L))).isTrue();
    assertThat(atLeast("n", 2).holds(Map.of("n", 1.999))).isFalse();
    assertThat(atLeast("n", 2).holds(Map.of("n", "many"))).isFalse();
    assertThat(atLeast("n", 2).holds(Map.of())).isFalse();
  }

  @Test
  void holdsWhenAllPartsDo() {
    Condition both = oneOf("a", "x").and(atLeast("n", 2));
    assertThat(both.holds(Map.of("a", "x", "n", 2L))).isTrue();
    assertThat(both.holds(Map.of("a", "x", "n", 1L))).isFalse();
    assertThat(both.parents()).containsExactly("a", "n");
    assertThat(always().holds(Map.of())).isTrue();
  }

  @Test
  void addsNothingToAlways() {
    assertThat(always().and(oneOf("a", 1))).isEqualTo(oneOf("a", 1));
    assertThat(oneOf("a", 1).and(always())).isEqualTo(oneOf("a", 1));
  }

  @Test
  void readsLikeASentence() {
    assertThat(always()).hasToString("always");
    assertThat(oneOf("a", "x", 2).and(atLeast("n", 2))).hasToString("[a in [x, 2], n ≥ 2.0]");
  }

  @Test
  void refusesWhatCanNeverHold() {
    assertThatThrownBy(() -> oneOf("a")).hasMessage("Condition on a must list a value");
    assertThatThrownBy(() -> atLeast("n", Double.NaN))
        .hasMessage("Bound on n must be finite, but was NaN");
  }
}
