package org.fettle.executor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.fettle.executor.task.Work;
import org.junit.jupiter.api.Test;

class TrialContextTest {

  private static TrialContext context(Map<String, Object> parameters) {
    return new TrialContext(2, new Work.Evaluate("T", parameters).parameters(), 5);
  }

  @Test
  void readsParametersByType() {
    TrialContext context =
        context(Map.of("x", 0.5, "n", 3, "name", "sphere", "units", List.of(1, 2)));
    assertThat(context.number("x")).isEqualTo(0.5);
    assertThat(context.number("n")).isEqualTo(3);
    assertThat(context.integer("n")).isEqualTo(3);
    assertThat(context.text("name")).isEqualTo("sphere");
    assertThat(context.parameters()).containsEntry("units", List.of(1L, 2L));
  }

  @Test
  void saysWhichParametersThereAre() {
    TrialContext context = context(Map.of("x", 0.5));
    assertThatThrownBy(() -> context.number("y"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Parameter y must be a Number among [x], but was null");
    assertThatThrownBy(() -> context.integer("x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Parameter x must be a Long among [x], but was 0.5");
  }

  @Test
  void parametersCannotBeChanged() {
    Map<String, Object> parameters = context(Map.of("x", 0.5)).parameters();
    assertThatThrownBy(() -> parameters.put("y", 1))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(null);
  }
}
