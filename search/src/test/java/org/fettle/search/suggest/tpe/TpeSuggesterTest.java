package org.fettle.search.suggest.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.fettle.search.TestSeed;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.numeric.Significance;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Condition;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.suggest.Simulation;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterContract;
import org.fettle.search.suggest.Suggesters;
import org.fettle.search.suggest.Suggestion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TpeSuggesterTest extends SuggesterContract {

  private static final SearchSpace SQUARE =
      SearchSpace.of(
          DoubleParameter.of("x", 0, 1, Scale.LINEAR), DoubleParameter.of("y", 0, 1, Scale.LINEAR));

  private static final SearchSpace TREE =
      SearchSpace.of(
          CategoricalParameter.of("kind", "a", "b", "c", "d"),
          child("a"),
          child("b"),
          child("c"),
          child("d"));

  private static Parameter child(String kind) {
    return DoubleParameter.of("of-" + kind, 0, 1, Scale.LINEAR).when(Condition.oneOf("kind", kind));
  }

  @Override
  protected Suggester suggester() {
    return Suggesters.named("tpe");
  }

  private static StudySpec spec(SearchSpace space, int study) {
    long seed = Seeds.derive(TestSeed.value(), study, "tpe");
    return StudySpec.of(space, Goal.minimize("loss"), seed);
  }

  private static Outcome loss(double value) {
    return new Outcome.Completed(Measurement.of("loss", value));
  }

  private static double bowl(Assignment assignment) {
    double x = assignment.number("x") - 0.3;
    double y = assignment.number("y") - 0.8;
    return x * x + y * y;
  }

  private static double best(History history) {
    return history.incumbent().flatMap(Trial::completed).orElseThrow().value("loss");
  }

  /** Each option has an optimum of its own. */
  private static double tree(Assignment assignment) {
    return 0.05 * rank(assignment) + square(assignment);
  }

  /** The better an option the narrower its optimum: random search mistakes the second for best. */
  private static double deceptiveTree(Assignment assignment) {
    int rank = rank(assignment);
    return 0.02 * rank + square(assignment) * (4 - rank);
  }

  private static int rank(Assignment assignment) {
    return "abcd".indexOf(assignment.text("kind"));
  }

  private static double square(Assignment assignment) {
    double place = assignment.number("of-" + assignment.text("kind"));
    double distance = place - 0.2 - 0.2 * rank(assignment);
    return distance * distance;
  }

  @Test
  void hasTheDocumentedDefaults() {
    List<String> defaults =
        new TpeProvider()
            .settings().stream()
                .map(setting -> setting.name() + " " + setting.defaultValue().orElseThrow())
                .toList();
    assertThat(defaults)
        .containsExactly(
            "model tree",
            "startup 10",
            "candidates 24",
            "good-share 0.1",
            "most-good 25",
            "prior-weight 1.0",
            "bandwidth 0.8",
            "exploration 0.5");
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertThatThrownBy(() -> Suggesters.named("tpe", Map.of("good-share", 1.0, "startup", 0L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("startup must be an integer from 1 to 1000000, but was 0")
        .hasMessageContaining("good-share must be a number > 0.0 and < 1.0, but was 1.0");
  }

  /** One-sided Mann–Whitney, 20 studies of 60 trials each, α = 0.001. */
  @ParameterizedTest
  @ValueSource(strings = {"tree", "groups", "independent"})
  void beatsRandomSearchOnATree(String model) {
    Suggester tpe = Suggesters.named("tpe", Map.of("model", model));
    double[] mine = bests(tpe, TREE, 60, TpeSuggesterTest::tree, 0);
    double[] randoms = bests(Suggesters.named("random"), TREE, 60, TpeSuggesterTest::tree, 100);
    assertThat(Significance.mannWhitney(mine, randoms)).as("p").isLessThan(0.001);
  }

  /** One-sided Mann–Whitney, 20 studies of 120 trials each, α = 0.001. */
  @Test
  void beatsRandomSearchOnADeceptiveTree() {
    double[] mine = bests(suggester(), TREE, 120, TpeSuggesterTest::deceptiveTree, 1100);
    double[] randoms =
        bests(Suggesters.named("random"), TREE, 120, TpeSuggesterTest::deceptiveTree, 1200);
    assertThat(Significance.mannWhitney(mine, randoms)).as("p").isLessThan(0.001);
  }

  /** One-sided Mann–Whitney, 20 studies of 60 trials each, α = 0.001. */
  @Test
  void beatsRandomSearchOnABowl() {
    double[] mine = bests(suggester(), SQUARE, 60, TpeSuggesterTest::bowl, 200);
    double[] randoms = bests(Suggesters.named("random"), SQUARE, 60, TpeSuggesterTest::bowl, 300);
    assertThat(Significance.mannWhitney(mine, randoms)).as("p").isLessThan(0.001);
  }

  private static double[] bests(
      Suggester suggester,
      SearchSpace space,
      int trials,
      Function<Assignment, Double> objective,
      int study) {
    double[] bests = new double[20];
    for (int i = 0; i < bests.length; i++) {
      bests[i] =
          best(
              Simulation.run(
                  suggester,
                  spec(space, study + i),
                  trials,
                  trial -> loss(objective.apply(trial.assignment()))));
    }
    return bests;
  }

  @Test
  void concentratesOnTheBestOptionOfATree() {
    History history =
        Simulation.run(suggester(), spec(TREE, 400), 150, trial -> loss(tree(trial.assignment())));
    long best =
        history.trials().subList(100, 150).stream()
            .filter(trial -> trial.assignment().text("kind").equals("a"))
            .count();
    assertThat(best).isGreaterThan(30);
    assertThat(best(history)).isLessThan(1e-3);
  }

  /** The constraint cuts off the better half of the bowl; random search keeps it in one of two. */
  @Test
  void staysWithinConstraints() {
    StudySpec spec =
        new StudySpec(
            SQUARE,
            List.of(Goal.minimize("loss")),
            List.of(Constraint.atLeast("width", 0.6)),
            Seeds.derive(TestSeed.value(), 500, "tpe"),
            OptionalInt.empty(),
            1);
    History history =
        Simulation.run(
            suggester(),
            spec,
            120,
            trial -> {
              double x = trial.assignment().number("x");
              return new Outcome.Completed(
                  Measurement.of("loss", bowl(trial.assignment())).and("width", x));
            });
    long kept =
        history.trials().subList(60, 120).stream()
            .filter(trial -> trial.assignment().number("x") >= 0.6)
            .count();
    assertThat(kept).isGreaterThan(30);
    assertThat(best(history)).isBetween(0.09, 0.11);
  }

  @Test
  void keepsAwayFromInfeasibleAssignments() {
    History history =
        Simulation.run(
            suggester(),
            spec(SQUARE, 600),
            120,
            trial ->
                trial.assignment().number("x") > 0.35
                    ? Outcome.of(FailureCode.OUT_OF_MEMORY, "heap")
                    : loss(bowl(trial.assignment())));
    long infeasible =
        history.trials().subList(60, 120).stream()
            .filter(trial -> trial.assignment().number("x") > 0.35)
            .count();
    assertThat(infeasible).isLessThan(30);
    assertThat(best(history)).isLessThan(0.002);
  }

  /** Minimising x² and (1 − x)² with y as a nuisance: the front is y = 0. */
  @Test
  void findsTheFrontOfTwoGoals() {
    StudySpec spec =
        new StudySpec(
            SQUARE,
            List.of(Goal.minimize("near"), Goal.minimize("far")),
            List.of(),
            Seeds.derive(TestSeed.value(), 700, "tpe"),
            OptionalInt.empty(),
            1);
    History history =
        Simulation.run(
            suggester(),
            spec,
            150,
            trial -> {
              double x = trial.assignment().number("x");
              double y = trial.assignment().number("y");
              return new Outcome.Completed(
                  Measurement.of("near", x * x + y).and("far", (1 - x) * (1 - x) + y));
            });
    List<Trial> late = history.trials().subList(75, 150);
    assertThat(late)
        .filteredOn(trial -> trial.assignment().number("y") < 0.2)
        .hasSizeGreaterThan(45);
    for (double from : new double[] {0, 0.25, 0.5, 0.75}) {
      assertThat(late)
          .filteredOn(trial -> Math.abs(trial.assignment().number("x") - from - 0.125) <= 0.125)
          .hasSizeGreaterThan(3);
    }
  }

  @Test
  void keepsSixtyFourInFlightApart() {
    StudySpec spec = spec(SQUARE, 800);
    History history =
        Simulation.run(
            suggester(), History.empty(spec), 300, 64, trial -> loss(bowl(trial.assignment())));
    assertThat(history.running()).hasSize(64);
    assertThat(history.trials()).extracting(Trial::assignment).doesNotHaveDuplicates();
    assertThat(best(history)).isLessThan(0.002);
  }

  @Test
  void suggestionsOfOneCallKnowOfEachOther() {
    Suggester suggester = suggester();
    StudySpec spec = spec(TREE, 900);
    History history = Simulation.run(suggester, spec, 30, trial -> loss(tree(trial.assignment())));
    List<Suggestion> together = suggester.suggest(history, 4);
    for (Suggestion each : together) {
      assertThat(suggester.suggest(history, 1)).containsExactly(each);
      history = history.started(each.assignment(), each.origin());
    }
  }

  @Test
  void takesTurnsBetweenStudies() {
    Suggester suggester = suggester();
    History one = History.empty(spec(SQUARE, 1000));
    History other = History.empty(spec(SQUARE, 1001));
    for (int trials = 10; trials <= 30; trials += 10) {
      one = Simulation.run(suggester, one, trials, 1, trial -> loss(bowl(trial.assignment())));
      other = Simulation.run(suggester, other, trials, 1, trial -> loss(bowl(trial.assignment())));
      assertThat(suggester.suggest(one, 1)).isEqualTo(suggester().suggest(one, 1));
      assertThat(suggester.suggest(other, 1)).isEqualTo(suggester().suggest(other, 1));
    }
  }
}
