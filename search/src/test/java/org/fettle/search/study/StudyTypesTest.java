package org.fettle.search.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fettle.search.space.Assignment;
import org.fettle.search.suggest.TestSpaces;
import org.junit.jupiter.api.Test;

/** The small records of a study: measurement, outcome, goal, constraint, report, spec. */
class StudyTypesTest {

  private static final Goal LOSS = Goal.minimize("loss");
  private static final Assignment POINT = Assignment.of("layers", 1, "bias", true, "batch", 32);

  @Test
  void measurementsAreFiniteAndNamed() {
    Measurement measurement = Measurement.of("loss", 0.5).and("accuracy", 0.9);
    assertThat(measurement.value("accuracy")).isEqualTo(0.9);
    assertThat(measurement.has("loss")).isTrue();
    assertThat(measurement.values()).containsOnlyKeys("loss", "accuracy");
    assertThat(Measurement.none().values()).isEmpty();
    refused(
        () -> measurement.value("f1"), "Metric f1 was not measured; measured: [loss, accuracy]");
    refused(
        () -> Measurement.of("loss", Double.NaN),
        "Value of metric loss must be finite, but was NaN");
    refused(
        () -> measurement.and("x", Double.NEGATIVE_INFINITY),
        "Value of metric x must be finite, but was -Infinity");
  }

  @Test
  void measurementsKeepTheirOwnCopy() {
    Map<String, Double> values = new HashMap<>(Map.of("loss", 1.0));
    Measurement measurement = new Measurement(values);
    values.put("loss", 2.0);
    assertThat(measurement.value("loss")).isEqualTo(1);
  }

  @Test
  void failureCodesSayWhetherTheAssignmentIsToBlame() {
    for (FailureCode code : FailureCode.values()) {
      Outcome outcome = Outcome.of(code, "why");
      assertThat(outcome.state())
          .isEqualTo(code.infeasible() ? TrialState.INFEASIBLE : TrialState.FAILED);
    }
    assertThat(List.of(FailureCode.values()).stream().filter(FailureCode::infeasible))
        .containsExactly(FailureCode.DIVERGED, FailureCode.OUT_OF_MEMORY, FailureCode.TIMED_OUT);
    assertThat(new Outcome.Completed(Measurement.none()).state()).isEqualTo(TrialState.COMPLETED);
    assertThat(new Outcome.Pruned(Measurement.none(), "slow").state()).isEqualTo(TrialState.PRUNED);
    refused(
        () -> new Outcome.Pruned(Measurement.none(), " "),
        "Reason of a pruned trial must not be blank");
  }

  @Test
  void namesInFilesStayAsTheyAre() {
    assertThat(TrialState.values())
        .extracting(Enum::name)
        .containsExactly("RUNNING", "COMPLETED", "PRUNED", "FAILED", "INFEASIBLE");
    assertThat(FailureCode.values())
        .extracting(Enum::name)
        .startsWith(
            "USER_ERROR",
            "ENGINE_ERROR",
            "DIVERGED",
            "OUT_OF_MEMORY",
            "TIMED_OUT",
            "EXECUTOR_LOST",
            "PREEMPTED",
            "CANCELLED",
            "DRIVER_ERROR");
  }

  @Test
  void directionsTurnValuesIntoLosses() {
    assertThat(Direction.MINIMIZE.loss(3)).isEqualTo(3);
    assertThat(Direction.MAXIMIZE.loss(3)).isEqualTo(-3);
    assertThat(Direction.MINIMIZE.better(1, 2)).isTrue();
    assertThat(Direction.MAXIMIZE.better(1, 2)).isFalse();
    assertThat(Direction.MAXIMIZE.better(2, 2)).isFalse();
  }

  @Test
  void constraintsMeasureTheirViolation() {
    assertThat(Constraint.atMost("memory", 4).violation(5)).isEqualTo(1);
    assertThat(Constraint.atMost("memory", 4).violation(4)).isEqualTo(0);
    assertThat(Constraint.atLeast("recall", 0.5).violation(0.25)).isEqualTo(0.25);
    assertThat(Constraint.atLeast("recall", 0.5).violation(1)).isEqualTo(-0.5);
    refused(
        () -> Constraint.atMost("memory", Double.NaN),
        "Bound of constraint memory must be finite, but was NaN");
  }

  @Test
  void reportsHaveAFoldAndAStep() {
    refused(
        () -> new Report(-1, 1, Measurement.none()),
        "Report must have fold ≥ 0 and step ≥ 1, but was -1 and 1");
    refused(
        () -> new Report(0, 0, Measurement.none()),
        "Report must have fold ≥ 0 and step ≥ 1, but was 0 and 0");
    refused(() -> Goal.minimize(" "), "Metric of a goal must not be blank");
    refused(
        () -> Trial.running(-1, Assignment.of(), "random"),
        "Trial number must not be negative, but was -1");
  }

  @Test
  void specsAreChecked() {
    refused(() -> spec(List.of(), OptionalInt.empty(), 1), "A study must have a goal");
    refused(
        () -> spec(List.of(LOSS, Goal.maximize("loss")), OptionalInt.empty(), 1),
        "Goals must differ in their metrics, but were [Goal[metric=loss, direction=MINIMIZE,"
            + " aggregation=MEAN], Goal[metric=loss, direction=MAXIMIZE, aggregation=MEAN]]");
    refused(() -> spec(List.of(LOSS), OptionalInt.of(0), 1), "Trials must be positive, but was 0");
    refused(
        () -> spec(List.of(LOSS), OptionalInt.empty(), 0),
        "Parallelism must be positive, but was 0");
  }

  @Test
  void startPointsAreInTheSpace() {
    StudySpec spec = StudySpec.of(TestSpaces.tiny(), LOSS, 1);
    assertThat(spec.startPoints()).isEmpty();
    assertThat(spec.startingWith(POINT).startPoints()).containsExactly(POINT);
    refused(
        () -> spec.startingWith(POINT, Assignment.of("layers", 9, "bias", true, "batch", 32)),
        "Start point 2 must be in the space: Parameter layers must be int from 1 to 3, but was 9");
  }

  private static StudySpec spec(List<Goal> goals, OptionalInt trials, int parallelism) {
    return new StudySpec(TestSpaces.tiny(), goals, List.of(), 1, trials, parallelism);
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
