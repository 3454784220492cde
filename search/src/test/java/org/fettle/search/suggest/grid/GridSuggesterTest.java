package org.fettle.search.suggest.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Parameter;
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
import org.fettle.search.suggest.Suggestion;
import org.fettle.search.suggest.TestSpaces;
import org.junit.jupiter.api.Test;

class GridSuggesterTest extends SuggesterContract {

  @Override
  protected Suggester suggester() {
    return new GridSuggester(10);
  }

  @Override
  protected boolean dependsOnSeed() {
    return false;
  }

  @Override
  protected boolean endsWhenExhausted() {
    return true;
  }

  @Override
  protected boolean beatsRandom() {
    return false;
  }

  @Test
  void enumeratesConditionalsAsTheBruteForceListDoes() {
    int points = 3;
    List<Assignment> expected = new ArrayList<>();
    bruteForce(TestSpaces.conditional(), 0, points, new TreeMap<>(), expected);
    assertThat(all(TestSpaces.conditional(), points)).containsExactlyElementsOf(expected);
    assertThat(expected).hasSize(3 + (3 + 9 + 27) * (3 + 2 * 3 - 3 + 3 * 3));
  }

  /** Every combination of the points of every active parameter, the last varying fastest. */
  private static void bruteForce(
      SearchSpace space, int place, int points, Map<String, Object> values, List<Assignment> all) {
    if (place == space.parameters().size()) {
      all.add(new Assignment(values));
      return;
    }
    Parameter parameter = space.parameters().get(place);
    if (!parameter.condition().holds(values)) {
      bruteForce(space, place + 1, points, values, all);
      return;
    }
    boolean categorical = parameter instanceof CategoricalParameter;
    int count = categorical ? (int) parameter.cardinality().orElseThrow() : points;
    for (int i = 0; i < count; i++) {
      double unit = categorical ? (i + 0.5) / count : i / (points - 1.0);
      values.put(parameter.name(), parameter.fromUnit(unit));
      bruteForce(space, place + 1, points, values, all);
      values.remove(parameter.name());
    }
  }

  @Test
  void takesWholeNumbersThatCoincideOnALogScaleOnce() {
    SearchSpace space = SearchSpace.of(IntegerParameter.of("units", 1, 12, Scale.LOG));
    List<Object> units = all(space, 10).stream().map(each -> each.value("units").get()).toList();
    assertThat(units).startsWith(1L).endsWith(12L).doesNotHaveDuplicates().isSorted();
    assertThat(units).hasSizeLessThan(10);
  }

  @Test
  void takesAllValuesOfAFewWholeNumbersWhateverTheScale() {
    SearchSpace space = SearchSpace.of(IntegerParameter.of("units", 1, 9, Scale.LOG));
    assertThat(all(space, 10))
        .extracting(each -> each.integer("units"))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
  }

  @Test
  void spreadsAContinuousRangeFromEndToEnd() {
    SearchSpace space = SearchSpace.of(DoubleParameter.of("rate", 1e-4, 1, Scale.LOG));
    assertThat(all(space, 5))
        .extracting(each -> Math.log10(each.number("rate")))
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b))
        .containsExactly(-4.0, -3.0, -2.0, -1.0, 0.0);
    assertThat(all(space, 1).get(0).number("rate")).isCloseTo(0.01, within(1e-15));
  }

  @Test
  void countsOnInAGridThatCouldNeverBeWrittenOut() {
    long values = 1L << 40;
    SearchSpace space =
        SearchSpace.of(
            DoubleParameter.stepped("a", 0, (values - 1) * 0.25, 0.25),
            IntegerParameter.stepped("b", 0, 2 * (values - 1), 2),
            CategoricalParameter.of("c", true, false));
    StudySpec spec = spec(space);
    History history =
        History.empty(spec)
            .started(Assignment.of("a", 0.25, "b", 2 * (values - 1), "c", true), "grid");
    assertThat(suggester().suggest(history, 3))
        .extracting(Suggestion::assignment)
        .containsExactly(
            Assignment.of("a", 0.25, "b", 2 * (values - 1), "c", false),
            Assignment.of("a", 0.5, "b", 0, "c", true),
            Assignment.of("a", 0.5, "b", 0, "c", false));
  }

  @Test
  void passesOverForbiddenCombinationsWithoutCountingThemOut() {
    SearchSpace space =
        SearchSpace.of(
                CategoricalParameter.of("updater", "adam", "sgd"),
                CategoricalParameter.of("bias", true, false),
                IntegerParameter.stepped("many", 0, 1L << 41, 2))
            .forbidding("updater", "adam", "bias", true)
            .forbidding("updater", "adam", "bias", false);
    assertThat(suggester().suggest(History.empty(spec(space)), 1))
        .extracting(Suggestion::assignment)
        .containsExactly(Assignment.of("updater", "sgd", "bias", true, "many", 0));
  }

  @Test
  void endsWhereEverythingIsForbidden() {
    SearchSpace space =
        SearchSpace.of(CategoricalParameter.of("bias", true)).forbidding("bias", true);
    assertThat(suggester().suggest(History.empty(spec(space)), 1)).isEmpty();
  }

  @Test
  void triesASpaceWithoutParametersOnce() {
    assertThat(all(SearchSpace.of(), 10)).containsExactly(Assignment.of());
  }

  @Test
  void passesOverStartPoints() {
    Assignment start = Assignment.of("layers", 1, "bias", false, "batch", 32);
    StudySpec spec = spec(TestSpaces.tiny()).startingWith(start);
    History history = History.empty(spec).started(start, "start");
    assertThat(suggester().suggest(history, 20))
        .hasSize(11)
        .extracting(Suggestion::assignment)
        .doesNotContain(start);
  }

  @Test
  void refusesNoPoints() {
    assertThatThrownBy(() -> new GridSuggester(0)).hasMessage("Points must be positive, but was 0");
    assertThatThrownBy(() -> Suggesters.named("grid", Map.of("points", 0)))
        .hasMessage("points must be an integer from 1 to 1000000, but was 0");
  }

  @Test
  void takesTenPointsByDefault() {
    StudySpec spec = spec(SearchSpace.of(DoubleParameter.of("x", 0, 1, Scale.LINEAR)));
    assertThat(Suggesters.named("grid").suggest(History.empty(spec), 100)).hasSize(10);
  }

  private static List<Assignment> all(SearchSpace space, int points) {
    StudySpec spec = spec(space);
    return Simulation.run(
            new GridSuggester(points), spec, 10_000, trial -> Simulation.completed(spec, 1))
        .trials()
        .stream()
        .map(Trial::assignment)
        .toList();
  }

  private static StudySpec spec(SearchSpace space) {
    return StudySpec.of(space, Goal.minimize("loss"), 1);
  }
}
