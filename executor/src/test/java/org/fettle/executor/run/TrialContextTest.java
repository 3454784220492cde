package org.fettle.executor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fettle.executor.task.RunPlace;
import org.fettle.executor.task.RunReport;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;
import org.junit.jupiter.api.Test;

class TrialContextTest {

  private final List<RunReport> reported = new ArrayList<>();

  private TrialContext context(Map<String, Object> parameters) {
    Work.Evaluate work = new Work.Evaluate("T", parameters);
    return new TrialContext(
        new TrialTask("study", 2, 5, work),
        work.parameters(),
        new RunPlace("node7", "3", List.of("1")),
        reported::add);
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
  void reportsAtOnceAndKeepsWhatItReported() {
    TrialContext context = context(Map.of());
    Measurement measurement = Measurement.of("loss", 0.5);

    context.report(3, measurement);

    Report report = new Report(0, 3, measurement);
    assertThat(reported).containsExactly(new RunReport("study", 2, report));
    assertThat(context.reports()).containsExactly(report);
  }

  @Test
  void namesTheDevicesThatSparkAssigned() {
    assertThat(context(Map.of()).devices()).containsExactly("1");
  }

  @Test
  void parametersCannotBeChanged() {
    Map<String, Object> parameters = context(Map.of("x", 0.5)).parameters();
    assertThatThrownBy(() -> parameters.put("y", 1))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(null);
  }
}
