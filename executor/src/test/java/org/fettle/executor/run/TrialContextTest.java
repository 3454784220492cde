package org.fettle.executor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.executor.task.Checkpointing;
import org.fettle.executor.task.RunPlace;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialContextTest {

  private final List<Report> reported = new ArrayList<>();

  private TrialContext context(Map<String, Object> parameters) {
    return context(parameters, Optional.empty());
  }

  private TrialContext context(
      Map<String, Object> parameters, Optional<Checkpointing> checkpointing) {
    Work.Evaluate work = new Work.Evaluate("T", parameters);
    TrialTask task = new TrialTask("study", 2, 5, work, checkpointing);
    try {
      return new TrialContext(
          task,
          work.parameters(),
          new Workplace(
              1,
              new RunPlace("node7", "3", List.of("1")),
              (trial, report) -> reported.add(report)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
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
    assertThat(reported).containsExactly(report);
    assertThat(context.reports()).containsExactly(report);
  }

  @Test
  void namesTheDevicesThatSparkAssigned() {
    assertThat(context(Map.of()).devices()).containsExactly("1");
  }

  @Test
  void goesOnFromItsLastCheckpointWithWhatItHadReported(@TempDir Path folder) {
    Checkpointing own =
        new Checkpointing(folder.resolve("2/0").toUri().toString(), 0, 0, 2, Optional.empty());
    TrialContext first = context(Map.of(), Optional.of(own));
    assertThat(first.restored()).isEmpty();
    first.report(1, Measurement.of("loss", 0.5));
    first.checkpoint(new byte[] {1});
    first.checkpoint(new byte[] {2, 3});
    first.report(2, Measurement.of("loss", 0.25));

    TrialContext again = context(Map.of(), Optional.of(own));

    assertThat(again.restored()).contains(new byte[] {2, 3});
    assertThat(again.reports()).containsExactly(new Report(0, 1, Measurement.of("loss", 0.5)));
    again.checkpoint(new byte[] {4});
    assertThat(context(Map.of(), Optional.of(own)).restored()).contains(new byte[] {4});
    assertThat(folder.resolve("2/0").toFile().list((at, name) -> name.endsWith(".checkpoint")))
        .containsExactlyInAnyOrder("000000002.checkpoint", "000000003.checkpoint");
  }

  @Test
  void goesOnFromTheEndOfItsParentWithoutWhatThatOneReported(@TempDir Path folder) {
    String parent = folder.resolve("1/0").toUri().toString();
    TrialContext other =
        context(Map.of(), Optional.of(new Checkpointing(parent, 0, 0, 2, Optional.empty())));
    other.report(1, Measurement.of("loss", 0.5));
    other.checkpoint(new byte[] {7});
    String own = folder.resolve("2/0").toUri().toString();

    TrialContext child =
        context(Map.of(), Optional.of(new Checkpointing(own, 0, 0, 2, Optional.of(parent))));

    assertThat(child.restored()).contains(new byte[] {7});
    assertThat(child.reports()).isEmpty();
  }

  @Test
  void leavesNoCheckpointWhereNoneIsWanted() {
    TrialContext context = context(Map.of());
    context.checkpoint(new byte[] {1});
    assertThat(context.restored()).isEmpty();
  }

  @Test
  void parametersCannotBeChanged() {
    Map<String, Object> parameters = context(Map.of("x", 0.5)).parameters();
    assertThatThrownBy(() -> parameters.put("y", 1))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(null);
  }
}
