package org.fettle.search.suggest.cmaes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Scale;
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

class CmaesSuggesterTest extends SuggesterContract {

  @Override
  protected boolean supportsSeveralGoals() {
    return false;
  }

  @Override
  protected Suggester suggester() {
    return Suggesters.named("cmaes");
  }

  @Override
  protected int raceLength() {
    return 100;
  }

  private static double best(
      SearchSpace space, int trials, int parallelism, ToDoubleFunction<Assignment> loss) {
    StudySpec spec =
        new StudySpec(
            space, List.of(Goal.minimize("loss")), List.of(), 4, OptionalInt.empty(), parallelism);
    History history =
        Simulation.run(
            Suggesters.named("cmaes"),
            History.empty(spec),
            trials,
            parallelism,
            trial -> Simulation.completed(spec, loss.applyAsDouble(trial.assignment())));
    return history.incumbent().flatMap(Trial::completed).orElseThrow().value("loss");
  }

  private static double ellipsoid(Assignment assignment) {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      double x = assignment.number("x" + i) - 1;
      sum += Math.pow(10, i) * x * x;
    }
    return sum;
  }

  /** Condition 1,000 in four dimensions, seed 4: a run of 600 trials ends near the optimum. */
  @Test
  void convergesOnAnEllipsoid() {
    assertThat(best(TestSpaces.continuous(4), 600, 1, CmaesSuggesterTest::ellipsoid))
        .isLessThan(1e-5);
  }

  @Test
  void convergesWithManyTrialsInFlight() {
    assertThat(best(TestSpaces.continuous(4), 600, 8, CmaesSuggesterTest::ellipsoid))
        .isLessThan(1e-2);
  }

  /** The optimum is three values from where both marginals would settle without a margin. */
  @Test
  void theMarginKeepsIntegersMoving() {
    SearchSpace space =
        SearchSpace.of(
            IntegerParameter.of("a", 0, 20, Scale.LINEAR),
            IntegerParameter.of("b", 0, 20, Scale.LINEAR));
    ToDoubleFunction<Assignment> loss =
        each -> Math.abs(each.integer("a") - 17) + Math.abs(each.integer("b") - 2);
    assertThat(best(space, 200, 1, loss)).isZero();
  }

  @Test
  void startsWhereOtherSuggestersFoundTheBest() {
    StudySpec spec = StudySpec.of(TestSpaces.continuous(2), Goal.minimize("loss"), 1);
    History history =
        Simulation.run(
            Suggesters.named("random"),
            spec,
            100,
            trial ->
                Simulation.completed(
                    spec,
                    Math.abs(trial.assignment().number("x0") - 3)
                        + Math.abs(trial.assignment().number("x1") + 3)));
    Knobs knobs = new Knobs(OptionalInt.empty(), 1.0 / 6, Restarts.IPOP, 1e-6, true);
    Shape shape = new Replay(history, knobs).shape();
    assertThat(shape.mean).containsExactly(new double[] {0.8, 0.2}, within(0.15));
    Knobs cold = new Knobs(OptionalInt.empty(), 1.0 / 6, Restarts.IPOP, 1e-6, false);
    assertThat(new Replay(history, cold).shape().mean).containsExactly(0.5, 0.5);
  }

  /** Table 1 of the tutorial, for 5 dimensions. */
  @Test
  void constantsAreThoseOfTheTutorial() {
    Strategy strategy = Strategy.of(5, Strategy.population(5));
    assertThat(strategy.population()).isEqualTo(8);
    assertThat(Arrays.stream(strategy.weights()).filter(w -> w > 0).sum())
        .isCloseTo(1, within(1e-12));
    assertThat(strategy.effective()).isCloseTo(2.6001, within(1e-3));
    assertThat(strategy.stepRate()).isCloseTo(0.3651, within(1e-3));
    assertThat(strategy.rankOneRate()).isCloseTo(0.0472, within(1e-3));
  }

  @Test
  void largeRunsDoubleAndSmallOnesSpendAsMuch() {
    var random = Seeds.generator(1, 1, "test");
    Restarts.Run first = Restarts.IPOP.next(8, 0.2, 0, new long[] {100, 0}, random);
    assertThat(first).isEqualTo(new Restarts.Run(16, 0.2, true));
    assertThat(Restarts.IPOP.next(8, 0.2, 1, new long[] {300, 0}, random).population())
        .isEqualTo(32);
    Restarts.Run small = Restarts.BIPOP.next(8, 0.2, 1, new long[] {300, 0}, random);
    assertThat(small.large()).isFalse();
    assertThat(small.population()).isBetween(8, 16);
    assertThat(small.sigma()).isBetween(0.002, 0.2);
    assertThat(Restarts.BIPOP.next(8, 0.2, 1, new long[] {300, 300}, random).large()).isTrue();
  }

  /** A flat objective ends runs, and a later one has twice the population. */
  @Test
  void restartsCopeWithAFlatObjective() {
    StudySpec spec = StudySpec.of(TestSpaces.continuous(1), Goal.minimize("loss"), 1);
    for (String rule : List.of("none", "ipop", "bipop")) {
      Suggester suggester = Suggesters.named("cmaes", Map.of("restarts", rule));
      History history =
          Simulation.run(suggester, spec, 250, trial -> Simulation.completed(spec, 1));
      assertThat(history.size()).isEqualTo(250);
    }
  }
}
