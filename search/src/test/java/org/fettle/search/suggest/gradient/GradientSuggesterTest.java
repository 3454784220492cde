package org.fettle.search.suggest.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.suggest.Simulation;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterContract;
import org.fettle.search.suggest.Suggesters;
import org.fettle.search.suggest.TestSpaces;
import org.junit.jupiter.api.Test;

class GradientSuggesterTest extends SuggesterContract {

  @Override
  protected boolean supportsSeveralGoals() {
    return false;
  }

  @Override
  protected Suggester suggester() {
    return Suggesters.named("gradient");
  }

  private static double best(
      SearchSpace space, int trials, int parallelism, ToDoubleFunction<Assignment> loss) {
    StudySpec spec =
        new StudySpec(
            space, List.of(Goal.minimize("loss")), List.of(), 4, OptionalInt.empty(), parallelism);
    History history =
        Simulation.run(
            Suggesters.named("gradient"),
            History.empty(spec),
            trials,
            parallelism,
            trial -> Simulation.completed(spec, loss.applyAsDouble(trial.assignment())));
    return history.incumbent().flatMap(Trial::completed).orElseThrow().value("loss");
  }

  /** A tilted bowl: the axes of its ellipses are not those of the space. */
  private static double bowl(Assignment assignment) {
    double x = assignment.number("x0") - 1;
    double y = assignment.number("x1") + 2;
    return x * x + y * y + 1.5 * x * y;
  }

  @Test
  void descendsInAFewRounds() {
    assertThat(best(TestSpaces.continuous(2), 60, 1, GradientSuggesterTest::bowl)).isLessThan(1e-3);
  }

  @Test
  void descendsWithManyTrialsInFlight() {
    assertThat(best(TestSpaces.continuous(2), 100, 8, GradientSuggesterTest::bowl))
        .isLessThan(1e-2);
  }

  @Test
  void findsAnOptimumInACorner() {
    assertThat(
            best(
                TestSpaces.continuous(3),
                100,
                1,
                each -> each.number("x0") + 2 * each.number("x1") - each.number("x2")))
        .isEqualTo(-20);
  }

  @Test
  void triesBothSidesOfEveryAxisAtOnce() {
    SearchSpace space = TestSpaces.continuous(3);
    StudySpec spec = StudySpec.of(space, Goal.minimize("loss"), 1);
    Suggester suggester = Suggesters.named("gradient");
    History history =
        Simulation.run(suggester, spec, 10, trial -> Simulation.completed(spec, trial.number()));
    Assignment start = history.trial(0).assignment();
    assertThat(suggester.suggest(history, 6))
        .allSatisfy(
            suggestion ->
                assertThat(
                        start.values().entrySet().stream()
                            .filter(
                                entry ->
                                    Math.abs(
                                            suggestion.assignment().number(entry.getKey())
                                                - (Double) entry.getValue())
                                        > 1e-9))
                    .hasSize(1));
  }

  @Test
  void refusesAToleranceAboveTheDifference() {
    assertThatThrownBy(() -> new Knobs(10, 0.01, 3, 0.02))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Difference must be at least the tolerance, but was 0.01 < 0.02");
  }
}
