package org.fettle.search.suggest.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fettle.search.space.Condition.oneOf;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.fettle.search.TestSeed;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.space.UnitCube;
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
import org.fettle.search.suggest.Suggesters;
import org.fettle.search.suggest.Suggestion;
import org.fettle.search.suggest.TestSpaces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestSeed.class)
final class GpStudiesTest {

  private static final Map<String, Object> QUICK =
      Map.of("candidates", 64L, "starts", 2L, "model-rows", 60L, "fit-rows", 40L);

  private static final SearchSpace TREE =
      SearchSpace.of(
          CategoricalParameter.of("kind", "a", "b", "c"),
          DoubleParameter.of("of-a", 0, 1, Scale.LINEAR).when(oneOf("kind", "a")),
          DoubleParameter.of("of-b", 0, 1, Scale.LINEAR).when(oneOf("kind", "b")),
          DoubleParameter.of("of-c", 0, 1, Scale.LINEAR).when(oneOf("kind", "c")));

  private static StudySpec spec(SearchSpace space, int parallelism) {
    return new StudySpec(
        space,
        List.of(Goal.minimize("loss")),
        List.of(),
        TestSeed.value(),
        OptionalInt.empty(),
        parallelism);
  }

  private static double bowl(Assignment assignment) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      sum += Math.pow(assignment.number("x" + i) - i, 2);
    }
    return sum;
  }

  private static Outcome bowl(Trial trial) {
    return new Outcome.Completed(Measurement.of("loss", bowl(trial.assignment())));
  }

  @Test
  void aFreshSuggesterGoesOnAsTheOldOneDoes() {
    Suggester old = Suggesters.named("gp", QUICK);
    History history = History.empty(spec(TestSpaces.continuous(3), 2));
    // Past milestones and past the number of rows that the model keeps.
    for (int trials : new int[] {20, 33, 65, 71, 90}) {
      history = Simulation.run(old, history, trials, 2, GpStudiesTest::bowl);
      List<Suggestion> expected = old.suggest(history, 2);
      assertThat(Suggesters.named("gp", QUICK).suggest(history, 2)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 64})
  void neverRepeatsWhatIsInFlight(int parallelism) {
    History history =
        Simulation.run(
            Suggesters.named("gp", QUICK),
            History.empty(spec(TestSpaces.continuous(3), parallelism)),
            parallelism + 30,
            parallelism,
            GpStudiesTest::bowl);
    assertThat(history.trials()).extracting(Trial::assignment).doesNotHaveDuplicates();
  }

  /** One option is far ahead of both others from the first trial on. */
  @Test
  void looksIntoEveryBranch() {
    History history =
        Simulation.run(
            Suggesters.named("gp", QUICK),
            spec(TREE, 1),
            60,
            trial -> {
              Assignment each = trial.assignment();
              String kind = each.text("kind");
              double ahead = kind.equals("a") ? 0 : 10;
              return loss(ahead + Math.pow(each.number("of-" + kind) - 0.3, 2));
            });
    for (String kind : List.of("b", "c")) {
      List<Double> tried =
          history.trials().stream()
              .filter(trial -> trial.assignment().text("kind").equals(kind))
              .map(trial -> trial.assignment().number("of-" + kind))
              .toList();
      // And goes back to where the gain is when there is nothing to catch up with.
      assertThat(tried).as(kind).hasSizeBetween(5, 14);
      // Looks for the best that the branch has meanwhile.
      assertThat(tried).as(kind).anyMatch(place -> Math.abs(place - 0.3) < 0.05);
    }
  }

  private static Outcome loss(double value) {
    return new Outcome.Completed(Measurement.of("loss", value));
  }

  /** An uncertain model would look at the corners of the space, and at nothing else. */
  @Test
  void leavesItToChanceWhereItSeesNoStructure() {
    History history =
        Simulation.run(
            Suggesters.named("gp", QUICK), spec(TestSpaces.continuous(3), 1), 40, t -> loss(1));
    UnitCube cube = new UnitCube(history.spec().space());
    assertThat(history.trials())
        .flatExtracting(trial -> Arrays.stream(cube.encode(trial.assignment())).boxed().toList())
        .noneMatch(place -> place.equals(0.0) || place.equals(1.0));
  }

  @Test
  void closesInOnTheBorderOfWhatCanBeEvaluated() {
    SearchSpace space = SearchSpace.of(DoubleParameter.of("width", 0, 1, Scale.LINEAR));
    Suggester suggester = Suggesters.named("gp", QUICK);
    // The wider the better, until memory runs out.
    History history =
        Simulation.run(
            suggester,
            spec(space, 1),
            30,
            trial -> {
              double width = trial.assignment().number("width");
              return width > 0.7
                  ? Outcome.of(FailureCode.OUT_OF_MEMORY, "heap")
                  : new Outcome.Completed(Measurement.of("loss", -width));
            });
    assertThat(history.incumbent().orElseThrow().assignment().number("width")).isBetween(0.68, 0.7);
  }

  @Test
  void keepsConstraints() {
    StudySpec spec =
        new StudySpec(
            TestSpaces.continuous(2),
            List.of(Goal.minimize("loss")),
            List.of(Constraint.atMost("cost", 1)),
            TestSeed.value(),
            OptionalInt.empty(),
            1);
    // Minimum of x + y on the disc of radius 1 around the origin: −√2.
    History history =
        Simulation.run(
            Suggesters.named("gp", QUICK),
            spec,
            40,
            trial -> {
              double x = trial.assignment().number("x0");
              double y = trial.assignment().number("x1");
              return new Outcome.Completed(
                  Measurement.of("loss", x + y).and("cost", x * x + y * y));
            });
    double best = history.incumbent().orElseThrow().completed().orElseThrow().value("loss");
    assertThat(best).isBetween(-Math.sqrt(2), -1.35);
  }

  @Test
  void spreadsOverTheFrontOfTwoGoals() {
    StudySpec spec =
        new StudySpec(
            TestSpaces.continuous(2),
            List.of(Goal.minimize("left"), Goal.minimize("right")),
            List.of(),
            TestSeed.value(),
            OptionalInt.empty(),
            1);
    // The front lies between (−1, 0) and (1, 0).
    History history =
        Simulation.run(
            Suggesters.named("gp", QUICK),
            spec,
            40,
            trial -> {
              double x = trial.assignment().number("x0");
              double y = trial.assignment().number("x1");
              return new Outcome.Completed(
                  Measurement.of("left", (x + 1) * (x + 1) + y * y)
                      .and("right", (x - 1) * (x - 1) + y * y));
            });
    long near =
        history.trials().stream()
            .filter(trial -> Math.abs(trial.assignment().number("x1")) < 0.2)
            .filter(trial -> Math.abs(trial.assignment().number("x0")) < 1.1)
            .count();
    assertThat(near).isGreaterThan(10);
  }

  @Test
  void refitsAtMilestones() {
    assertThat(Fit.milestone(63)).isEqualTo(63);
    assertThat(Fit.milestone(65)).isEqualTo(64);
    assertThat(Fit.milestone(255)).isEqualTo(252);
    assertThat(Fit.milestone(1023)).isEqualTo(1008);
  }
}
