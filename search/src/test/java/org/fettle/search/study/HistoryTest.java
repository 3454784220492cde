package org.fettle.search.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fettle.search.space.Assignment;
import org.fettle.search.suggest.TestSpaces;
import org.junit.jupiter.api.Test;

class HistoryTest {

  private static final Assignment ONE = Assignment.of("layers", 1, "bias", true, "batch", 32);
  private static final Assignment TWO = Assignment.of("layers", 2, "bias", true, "batch", 32);
  private static final StudySpec SPEC =
      StudySpec.of(TestSpaces.tiny(), Goal.maximize("accuracy"), 1);
  private static final History TWO_RUNNING =
      History.empty(SPEC).started(ONE, "random").started(TWO, "random");

  @Test
  void numbersTrialsFromZero() {
    assertThat(TWO_RUNNING.size()).isEqualTo(2);
    assertThat(TWO_RUNNING.trials()).extracting(Trial::number).containsExactly(0, 1);
    assertThat(TWO_RUNNING.trial(1)).isEqualTo(Trial.running(1, TWO, "random"));
    assertThat(TWO_RUNNING.find(TWO)).hasValue(1);
    assertThat(TWO_RUNNING.find(Assignment.of("layers", 3))).isEmpty();
  }

  @Test
  void keepsTheOrderOfTheEnds() {
    History history =
        TWO_RUNNING
            .ended(1, completed(0.5))
            .started(ONE, "random")
            .ended(0, Outcome.of(FailureCode.USER_ERROR, "boom"));
    assertThat(history.ended()).containsExactly(1, 0);
    assertThat(history.running()).extracting(Trial::number).containsExactly(2);
    assertThat(history.completed()).extracting(Trial::number).containsExactly(1);
  }

  @Test
  void leavesEarlierHistoriesAsTheyWere() {
    Report report = new Report(0, 1, Measurement.of("accuracy", 0.1));
    History later =
        TWO_RUNNING
            .reported(0, report)
            .foldEnded(0, 2, Measurement.of("accuracy", 0.2))
            .ended(0, completed(0.3));
    assertThat(TWO_RUNNING.trial(0).state()).isEqualTo(TrialState.RUNNING);
    assertThat(TWO_RUNNING.trial(0).reports()).isEmpty();
    assertThat(TWO_RUNNING.running()).hasSize(2);
    assertThat(later.trial(0).reports()).containsExactly(report);
    assertThat(later.trial(0).folds()).containsOnlyKeys(2);
    assertThat(later.trial(0).completed()).hasValue(Measurement.of("accuracy", 0.3));
    assertThat(later.trial(1)).isSameAs(TWO_RUNNING.trial(1));
  }

  @Test
  void isEqualAfterTheSameChanges() {
    History again = History.empty(SPEC).started(ONE, "random").started(TWO, "random");
    assertThat(again).isEqualTo(TWO_RUNNING).hasSameHashCodeAs(TWO_RUNNING);
    assertThat(again.ended(0, completed(1)).ended(1, completed(1)))
        .isNotEqualTo(again.ended(1, completed(1)).ended(0, completed(1)));
    assertThat(again.started(ONE, "random")).isNotEqualTo(TWO_RUNNING);
  }

  @Test
  void knowsTheIncumbent() {
    assertThat(TWO_RUNNING.incumbent()).isEmpty();
    History history = TWO_RUNNING.started(ONE, "random").started(TWO, "random");
    history = history.ended(1, completed(0.7)).ended(0, completed(0.7));
    assertThat(history.incumbent().map(Trial::number)).as("the first of equals").hasValue(0);
    history = history.ended(2, new Outcome.Pruned(Measurement.of("accuracy", 0.9), "slow"));
    assertThat(history.incumbent().map(Trial::number)).as("pruned trials aside").hasValue(0);
    assertThat(history.ended(3, completed(0.8)).incumbent().map(Trial::number)).hasValue(3);
  }

  @Test
  void takesNoIncumbentThatBreaksAConstraint() {
    StudySpec spec =
        new StudySpec(
            TestSpaces.tiny(),
            List.of(Goal.minimize("loss")),
            List.of(Constraint.atMost("memory", 4), Constraint.atLeast("recall", 0.5)),
            1,
            OptionalInt.empty(),
            1);
    History history = History.empty(spec);
    double[][] results = {{1, 5, 1}, {2, 4, 0.5}, {3, 1, 1}, {0, 1, 0.4}};
    for (int i = 0; i < results.length; i++) {
      Measurement measurement =
          Measurement.of("loss", results[i][0])
              .and("memory", results[i][1])
              .and("recall", results[i][2]);
      history = history.started(ONE, "random").ended(i, new Outcome.Completed(measurement));
    }
    assertThat(history.incumbent().map(Trial::number)).hasValue(1);
  }

  @Test
  void refusesChangesOfTrialsThatDoNotRun() {
    History history = TWO_RUNNING.ended(0, completed(1));
    refused(() -> history.ended(0, completed(1)), "Trial 0 must be running, but was COMPLETED");
    refused(
        () -> history.reported(0, new Report(0, 1, Measurement.none())),
        "Trial 0 must be running, but was COMPLETED");
    refused(
        () -> history.ended(2, completed(1)), "Trial 2 must be one of the 2 trials of the study");
    refused(() -> history.trial(-1), "Trial -1 must be one of the 2 trials of the study");
    refused(
        () -> history.ended(1, new Outcome.Completed(Measurement.of("loss", 1))),
        "Trial 1 must be told with accuracy, but was with [loss]");
    refused(
        () -> history.foldEnded(1, -1, Measurement.none()),
        "Fold of trial 1 must not be negative, but was -1");
  }

  @Test
  void holdsAHundredThousandTrials() {
    History history = History.empty(SPEC);
    for (int number = 0; number < 100_000; number++) {
      history = history.started(ONE, "random");
      if (number >= 8) {
        history = history.ended(number - 8, completed(number));
      }
    }
    assertThat(history.size()).isEqualTo(100_000);
    assertThat(history.ended()).hasSize(99_992);
    assertThat(history.running()).hasSize(8);
    assertThat(history.incumbent().map(Trial::number)).hasValue(99_991);
  }

  private static Outcome completed(double accuracy) {
    return new Outcome.Completed(Measurement.of("accuracy", accuracy));
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
