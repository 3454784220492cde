package org.fettle.search.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.suggest.MixedBowl;
import org.fettle.search.suggest.Simulation;
import org.fettle.search.suggest.Suggesters;
import org.fettle.search.suggest.TestSpaces;
import org.junit.jupiter.api.Test;

class AnalysisTest {

  private static final StudySpec TWO_GOALS =
      new StudySpec(
          TestSpaces.continuous(1),
          List.of(Goal.minimize("time"), Goal.maximize("accuracy")),
          List.of(Constraint.atMost("memory", 1)),
          1,
          OptionalInt.empty(),
          1);

  private static History with(History history, double time, double accuracy, double memory) {
    Measurement measurement =
        Measurement.of("time", time).and("accuracy", accuracy).and("memory", memory);
    return history
        .started(Assignment.of("x0", 0), "random")
        .ended(history.size(), new Outcome.Completed(measurement));
  }

  private static History fiveTrials() {
    History history = with(History.empty(TWO_GOALS), 3, 0.5, 1);
    history = with(history, 2, 0.4, 0);
    history = with(history, 1, 0.9, 5);
    history =
        history
            .started(Assignment.of("x0", 0), "random")
            .ended(3, Outcome.of(FailureCode.USER_ERROR, "boom"));
    return with(history, 2.5, 0.8, 1);
  }

  @Test
  void theFrontHasWhatNoFeasibleTrialDominates() {
    assertThat(ParetoFront.of(fiveTrials())).extracting(Trial::number).containsExactly(1, 4);
    assertThat(ParetoFront.of(History.empty(TWO_GOALS))).isEmpty();
  }

  @Test
  void curvesFollowTheEndsOfTrials() {
    assertThat(Progress.best(fiveTrials())).containsExactly(3, 2, 2, 2, 2);
    assertThat(Progress.regret(fiveTrials(), 0.5)).containsExactly(2.5, 1.5, 1.5, 1.5, 1.5);
    assertThat(Progress.hypervolume(fiveTrials(), new double[] {4, 0}))
        .containsExactly(
            new double[] {0.5, 0.5 + 0.4, 0.9, 0.9, 1.5 * 0.8 + 0.5 * 0.4}, within(1e-12));
  }

  @Test
  void theBestIsUnknownUntilATrialKeepsTheConstraints() {
    History history = with(History.empty(TWO_GOALS), 1, 1, 7);
    assertThat(Progress.best(history)).containsExactly(Double.NaN);
  }

  @Test
  void refusesAReferenceOfAnotherLength() {
    assertThatThrownBy(() -> Progress.hypervolume(fiveTrials(), new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Reference must have a value for each of 2 goals, but had 1");
  }

  private static History random(SearchSpace space, java.util.function.ToDoubleFunction<Trial> f) {
    StudySpec spec = StudySpec.of(space, Goal.minimize("loss"), 5);
    return Simulation.run(
        Suggesters.named("random"),
        spec,
        400,
        trial -> Simulation.completed(spec, f.applyAsDouble(trial)));
  }

  @Test
  void theParameterThatDecidesMattersMost() {
    History history =
        random(
            TestSpaces.continuous(4),
            trial -> trial.assignment().number("x2") + trial.assignment().number("x0") / 100);
    Map<String, Double> shares = Importance.of(history);
    assertThat(shares.keySet()).startsWith("x2").hasSize(4);
    assertThat(shares.get("x2")).isGreaterThan(0.7);
    assertThat(shares.values().stream().mapToDouble(share -> share).sum())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void choicesMatterToo() {
    History history =
        random(
            MixedBowl.SPACE,
            trial -> trial.assignment().text("updater").equals("adam") ? 0 : trial.number());
    assertThat(Importance.of(history).keySet()).startsWith("updater");
  }

  @Test
  void aParameterCountsWhereItIsActive() {
    History history =
        random(
            TestSpaces.conditional(),
            trial -> trial.assignment().value("penalty").map(p -> (Double) p).orElse(1.0));
    assertThat(Importance.of(history).keySet().stream().limit(2).toList())
        .containsExactlyInAnyOrder("penalty", "model");
  }

  @Test
  void nothingMattersInAnEmptyHistory() {
    assertThat(Importance.of(History.empty(TWO_GOALS))).containsExactly(Map.entry("x0", 0.0));
  }
}
