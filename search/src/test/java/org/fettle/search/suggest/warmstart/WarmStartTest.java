package org.fettle.search.suggest.warmstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fettle.search.space.Condition.oneOf;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.fettle.search.Study;
import org.fettle.search.TestSeed;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.numeric.Significance;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.suggest.MixedBowl;
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
class WarmStartTest {

  private static final Goal LOSS = Goal.minimize("loss");
  private static final int STUDIES = 20;

  /** The mixed bowl with its bottom elsewhere, and on another scale. */
  private static double shifted(Assignment assignment) {
    double momentum = Math.min(1, assignment.number("momentum") + 0.08);
    double rate = Math.min(1, assignment.number("rate") * 2.5);
    long units = Math.min(1024, 2 * assignment.integer("units"));
    return 7
        + 100
            * MixedBowl.loss(
                Assignment.of(
                    "rate",
                    rate,
                    "momentum",
                    momentum,
                    "units",
                    units,
                    "updater",
                    assignment.text("updater")));
  }

  private static History study(
      Suggester suggester, int seed, int trials, ToDoubleFunction<Assignment> loss) {
    StudySpec spec =
        StudySpec.of(MixedBowl.SPACE, LOSS, Seeds.derive(TestSeed.value(), seed, "warm start"));
    return Simulation.run(
        suggester,
        spec,
        trials,
        trial -> Simulation.completed(spec, loss.applyAsDouble(trial.assignment())));
  }

  private static History earlier(int seed, ToDoubleFunction<Assignment> loss) {
    return study(Suggesters.named("tpe"), 1000 + seed, 60, loss);
  }

  /** The best losses of studies of so many trials, after an earlier one of another loss. */
  private static double[] best(String name, int trials, ToDoubleFunction<Assignment> old) {
    double[] best = new double[STUDIES];
    for (int i = 0; i < STUDIES; i++) {
      Suggester warm = new WarmStart(Suggesters.named(name), List.of(earlier(i, old)));
      best[i] = best(study(warm, i, trials, MixedBowl::loss));
    }
    return best;
  }

  private static double[] cold(String name, int trials) {
    double[] best = new double[STUDIES];
    for (int i = 0; i < STUDIES; i++) {
      best[i] = best(study(Suggesters.named(name), 500 + i, trials, MixedBowl::loss));
    }
    return best;
  }

  private static double best(History history) {
    return history.incumbent().flatMap(Trial::completed).orElseThrow().value("loss");
  }

  /** One-sided Mann–Whitney, α = 0.001, 20 studies each of 10 trials: what others draw blindly. */
  @ParameterizedTest
  @ValueSource(strings = {"tpe", "gp"})
  void aRelatedStudySpeedsUp(String name) {
    double[] warm = best(name, 10, WarmStartTest::shifted);
    assertThat(Significance.mannWhitney(warm, cold(name, 10))).as("p").isLessThan(0.001);
  }

  /** The median of 20 studies of 40 trials against that of 20 studies of 20 trials. */
  @ParameterizedTest
  @ValueSource(strings = {"tpe", "gp"})
  void aMisleadingStudyCosts20TrialsAtMost(String name) {
    double[] misled = best(name, 40, assignment -> -MixedBowl.loss(assignment));
    double[] cold = cold(name, 20);
    Arrays.sort(misled);
    Arrays.sort(cold);
    assertThat(misled[STUDIES / 2]).isLessThanOrEqualTo(cold[STUDIES / 2]);
  }

  @Test
  void letsAMisleadingStudyGoAndKeepsARelatedOne() {
    History related = earlier(1, WarmStartTest::shifted);
    History misleading = earlier(2, assignment -> -MixedBowl.loss(assignment));
    WarmStart warm = new WarmStart(Suggesters.named("random"), List.of(related, misleading));
    History own = study(Suggesters.named("random"), 3, 12, MixedBowl::loss);
    List<Influence> influences = warm.influences(own);
    assertThat(influences.get(0).agreement()).isGreaterThan(0.2);
    assertThat(influences.get(1).agreement()).isLessThan(-0.2);
    assertThat(influences.get(0).kept()).isNotEmpty();
    assertThat(influences.get(1).kept()).isEmpty();
  }

  @Test
  void fadesAsOwnTrialsEnd() {
    WarmStart warm =
        new WarmStart(Suggesters.named("random"), List.of(earlier(1, MixedBowl::loss)));
    int before = 60;
    for (int trials : new int[] {0, 5, 15, 29}) {
      History own = study(Suggesters.named("random"), 4, trials, MixedBowl::loss);
      int kept = warm.influences(own).get(0).kept().size();
      assertThat(kept).isEqualTo(60 - 2 * trials).isLessThanOrEqualTo(before);
      before = kept;
    }
    History own = study(warm, 4, 30, MixedBowl::loss);
    assertThat(warm.influences(own).get(0).kept()).isEmpty();
    assertThat(warm.suggest(own, 2)).isEqualTo(Suggesters.named("random").suggest(own, 2));
  }

  @Test
  void triesTheBestOfEachEarlierStudyFirst() {
    History one = earlier(1, MixedBowl::loss);
    History other = earlier(2, WarmStartTest::shifted);
    Assignment best = one.incumbent().orElseThrow().assignment();
    Assignment second = other.incumbent().orElseThrow().assignment();
    Suggester warm = new WarmStart(Suggesters.named("random"), List.of(one, other, one));
    History empty = study(warm, 1, 0, MixedBowl::loss);
    assertThat(warm.suggest(empty, 3))
        .startsWith(new Suggestion(best, "warm-start"), new Suggestion(second, "warm-start"))
        .element(2)
        .extracting(Suggestion::origin)
        .isEqualTo("random");
    History resumed = empty.started(best, "warm-start");
    assertThat(warm.suggest(resumed, 1)).containsExactly(new Suggestion(second, "warm-start"));
  }

  @Test
  void comesAfterTheStudysOwnStartPoints() {
    History old = earlier(1, MixedBowl::loss);
    Assignment point = Assignment.of("rate", 0.1, "momentum", 0.9, "units", 64, "updater", "sgd");
    StudySpec spec = StudySpec.of(MixedBowl.SPACE, LOSS, 1).startingWith(point);
    Study study =
        Study.of(new WarmStart(Suggesters.named("tpe"), List.of(old)), History.empty(spec));
    assertThat(study.ask().assignment()).isEqualTo(point);
    assertThat(study.ask().origin()).isEqualTo("warm-start");
  }

  private static History of(SearchSpace space, Object[]... assignments) {
    History history = History.empty(StudySpec.of(space, LOSS, 1));
    for (Object[] values : assignments) {
      history =
          history
              .started(Assignment.of(values), "test")
              .ended(
                  history.size(),
                  new Outcome.Completed(Measurement.of("loss", history.size()).and("memory", 1)));
    }
    return history;
  }

  @Test
  void movesTrialsToAnotherSpace() {
    SearchSpace old =
        SearchSpace.of(
            DoubleParameter.of("rate", 0, 1, Scale.LINEAR),
            IntegerParameter.of("gone", 1, 9, Scale.LINEAR));
    SearchSpace now =
        SearchSpace.of(
                DoubleParameter.of("rate", 0, 0.5, Scale.LINEAR),
                CategoricalParameter.of("updater", "adam", "sgd").withDefault("sgd"),
                DoubleParameter.of("momentum", 0, 1, Scale.LINEAR).when(oneOf("updater", "sgd")))
            .forbidding("rate", 0.25, "updater", "sgd");
    History earlier =
        of(
            old,
            new Object[] {"rate", 0.4, "gone", 1},
            new Object[] {"rate", 0.9, "gone", 2},
            new Object[] {"rate", 0.25, "gone", 3},
            new Object[] {"rate", 0.1, "gone", 4});
    List<Carried> carried = Carried.of(earlier, StudySpec.of(now, LOSS, 1));
    assertThat(carried).hasSize(2);
    Assignment best = carried.get(0).assignment();
    assertThat(best.values()).containsOnlyKeys("rate", "updater", "momentum");
    assertThat(best.number("rate")).isEqualTo(0.4);
    assertThat(best.text("updater")).isEqualTo("sgd");
    assertThat(best.number("momentum"))
        .isNotEqualTo(carried.get(1).assignment().number("momentum"));
    // The quartiles of the normal distribution: ranks 1 and 2 of 2.
    assertThat(carried.get(0).score()).isEqualTo(-carried.get(1).score()).isBetween(-0.675, -0.674);
  }

  @Test
  void takesOnlyWhatSharesParametersAndMetrics() {
    SearchSpace old = SearchSpace.of(DoubleParameter.of("x0", -5, 5, Scale.LINEAR));
    History earlier = of(old, new Object[] {"x0", 1}, new Object[] {"x0", 2});
    assertThat(WarmStart.usable(earlier, StudySpec.of(TestSpaces.continuous(2), LOSS, 1)))
        .isEqualTo(2);
    assertThat(WarmStart.usable(earlier, StudySpec.of(TestSpaces.flat(), LOSS, 1))).isZero();
    assertThat(
            WarmStart.usable(
                earlier, StudySpec.of(TestSpaces.continuous(1), Goal.maximize("accuracy"), 1)))
        .isZero();
    for (String metric : List.of("memory", "time")) {
      StudySpec constrained =
          new StudySpec(
              TestSpaces.continuous(1),
              List.of(LOSS),
              List.of(Constraint.atMost(metric, 2)),
              1,
              OptionalInt.empty(),
              1);
      assertThat(WarmStart.usable(earlier, constrained)).isEqualTo(metric.equals("memory") ? 2 : 0);
    }
  }

  @Test
  void theFirstTrialKeepsTheConstraints() {
    SearchSpace space = TestSpaces.continuous(1);
    History earlier = History.empty(StudySpec.of(space, LOSS, 1));
    for (int i = 0; i < 3; i++) {
      Measurement measurement = Measurement.of("loss", i).and("memory", 5 - i);
      earlier =
          earlier
              .started(Assignment.of("x0", (double) i), "test")
              .ended(i, new Outcome.Completed(measurement));
    }
    StudySpec spec =
        new StudySpec(
            space,
            List.of(LOSS),
            List.of(Constraint.atMost("memory", 4)),
            1,
            OptionalInt.empty(),
            1);
    assertThat(Carried.of(earlier, spec))
        .extracting(each -> each.assignment().number("x0"))
        .containsExactly(1.0, 2.0, 0.0);
  }

  @Test
  void isInvisibleWithoutUsableTrials() {
    History foreign =
        of(SearchSpace.of(DoubleParameter.of("y", 0, 1, Scale.LINEAR)), new Object[] {"y", 1});
    Suggester warm = new WarmStart(Suggesters.named("tpe"), List.of(foreign));
    assertThat(study(warm, 1, 25, MixedBowl::loss))
        .isEqualTo(study(Suggesters.named("tpe"), 1, 25, MixedBowl::loss));
  }

  @Test
  void equalScoresAndExtremeOnesDoNoHarm() {
    for (double score : new double[] {5, Double.MAX_VALUE}) {
      Suggester warm = new WarmStart(Suggesters.named("gp"), List.of(earlier(1, any -> score)));
      History own = study(warm, 1, 20, point -> point.number("momentum") < 0.5 ? score : -score);
      own.trials().forEach(trial -> MixedBowl.SPACE.check(trial.assignment()));
    }
  }
}
