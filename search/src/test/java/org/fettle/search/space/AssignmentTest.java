package org.fettle.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssignmentTest {

  private static final Assignment SOME =
      Assignment.of("rate", 0.5f, "layers", 3, "updater", "adam", "bias", true, "zero", -0.0);

  @Test
  void readsValuesByTheirKind() {
    assertThat(SOME.number("rate")).isEqualTo(0.5);
    assertThat(SOME.number("layers")).isEqualTo(3);
    assertThat(SOME.integer("layers")).isEqualTo(3);
    assertThat(SOME.text("updater")).isEqualTo("adam");
    assertThat(SOME.text("layers")).isEqualTo("3");
    assertThat(SOME.flag("bias")).isTrue();
    assertThat(SOME.value("layers")).hasValue(3L);
    assertThat(SOME.value("units")).isEmpty();
    assertThat(SOME).hasToString("{rate=0.5, layers=3, updater=adam, bias=true, zero=0.0}");
  }

  @Test
  void isEqualInAnyOrder() {
    assertThat(Assignment.of("a", 1, "b", 2)).isEqualTo(Assignment.of("b", 2L, "a", 1));
    assertThat(Assignment.of("a", 1)).isNotEqualTo(Assignment.of("a", 1.0));
  }

  @Test
  void keepsItsOwnCopy() {
    Map<String, Object> values = new HashMap<>(Map.of("a", 1));
    Assignment assignment = new Assignment(values);
    values.put("b", 2);
    assertThat(assignment.values()).containsExactly(Map.entry("a", 1L));
    assertThatThrownBy(() -> assignment.values().put("b", 2))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void saysWhatIsNotThere() {
    assertThatThrownBy(() -> SOME.number("units"))
        .hasMessage(
            "Parameter units has no value here; active: [rate, layers, updater, bias, zero]");
    assertThatThrownBy(() -> SOME.number("updater"))
        .hasMessage("Parameter updater must be a number here, but was adam");
    assertThatThrownBy(() -> SOME.integer("rate"))
        .hasMessage("Parameter rate must be a whole number here, but was 0.5");
    assertThatThrownBy(() -> SOME.flag("updater"))
        .hasMessage("Parameter updater must be true or false here, but was adam");
    assertThatThrownBy(() -> Assignment.of("a"))
        .hasMessage("Names and values must come in pairs, but there were 1");
  }
}
