package org.fettle.search.suggest.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fettle.search.TestSeed;
import org.fettle.search.numeric.Significance;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.StudySpec;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterContract;
import org.fettle.search.suggest.Suggestion;
import org.fettle.search.suggest.TestSpaces;
import org.junit.jupiter.api.Test;

class RandomSuggesterTest extends SuggesterContract {

  @Override
  protected Suggester suggester() {
    return new RandomSuggester();
  }

  @Override
  protected boolean neverRepeats() {
    return false;
  }

  @Override
  protected boolean beatsRandom() {
    return false;
  }

  // n = 2000; 12 tests of α = 0.0005 each: a false alarm in one run of 170.
  @Test
  void drawsEachParameterUniformlyOnItsScale() {
    SearchSpace space = TestSpaces.flat();
    List<Assignment> draws = draws(space, 2000);
    for (String name : List.of("momentum", "rate")) {
      double[] units =
          draws.stream()
              .mapToDouble(each -> space.parameter(name).get().toUnit(each.value(name).get()))
              .toArray();
      assertThat(Significance.uniform(units)).as(name).isGreaterThan(0.0005);
    }
    for (String name : List.of("dropout", "layers", "width", "updater", "bias", "norm", "batch")) {
      int count = (int) space.parameter(name).get().cardinality().orElseThrow();
      double[] expected = new double[count];
      java.util.Arrays.fill(expected, 2000.0 / count);
      assertThat(Significance.chiSquared(counts(space, name, count, draws), expected))
          .as(name)
          .isGreaterThan(0.0005);
    }
  }

  // n = 2000, α = 0.0005: each number has the width of its cell on the logarithmic scale.
  @Test
  void drawsWholeNumbersOnALogScaleByTheWidthOfTheirCells() {
    SearchSpace space = SearchSpace.of(IntegerParameter.of("units", 1, 8, Scale.LOG));
    double[] expected = new double[8];
    for (int i = 0; i < 8; i++) {
      expected[i] = 2000 * Math.log((i + 1.5) / (i + 0.5)) / Math.log(8.5 / 0.5);
    }
    long[] observed = counts(space, "units", 8, draws(space, 2000));
    assertThat(Significance.chiSquared(observed, expected)).isGreaterThan(0.0005);
  }

  // n = 2000, α = 0.0005
  @Test
  void drawsParametersIndependently() {
    SearchSpace space =
        SearchSpace.of(
            CategoricalParameter.of("a", 0, 1, 2), CategoricalParameter.of("b", 0, 1, 2));
    long[] observed = new long[9];
    for (Assignment each : draws(space, 2000)) {
      observed[(int) (3 * each.integer("a") + each.integer("b"))]++;
    }
    double[] expected = new double[9];
    java.util.Arrays.fill(expected, 2000 / 9.0);
    assertThat(Significance.chiSquared(observed, expected)).isGreaterThan(0.0005);
  }

  @Test
  void drawsTrialNWhateverTheOthersDid() {
    StudySpec spec = spec(TestSpaces.flat());
    List<Suggestion> together = suggester().suggest(History.empty(spec), 4);
    History history = History.empty(spec);
    for (int number = 0; number < 4; number++) {
      Suggestion alone = suggester().suggest(history, 1).get(0);
      assertThat(alone).isEqualTo(together.get(number));
      history =
          history
              .started(TestSpaces.flat().defaults(), "other")
              .ended(number, Outcome.of(FailureCode.TIMED_OUT, "too slow"));
    }
  }

  @Test
  void givesNothingWhereEverythingIsForbidden() {
    SearchSpace space =
        SearchSpace.of(CategoricalParameter.of("bias", true)).forbidding("bias", true);
    assertThat(suggester().suggest(History.empty(spec(space)), 1)).isEmpty();
  }

  private static long[] counts(SearchSpace space, String name, int size, List<Assignment> draws) {
    long[] counts = new long[size];
    for (Assignment each : draws) {
      counts[(int) space.parameter(name).get().index(each.value(name).get())]++;
    }
    return counts;
  }

  private List<Assignment> draws(SearchSpace space, int count) {
    return suggester().suggest(History.empty(spec(space)), count).stream()
        .map(Suggestion::assignment)
        .toList();
  }

  private static StudySpec spec(SearchSpace space) {
    return StudySpec.of(space, Goal.minimize("loss"), TestSeed.value());
  }
}
