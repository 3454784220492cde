package org.fettle.search.suggest.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.fettle.search.analysis.Progress;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.numeric.Significance;
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
import org.fettle.search.suggest.TestSpaces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvolutionSuggesterTest extends SuggesterContract {

  @Override
  protected Suggester suggester() {
    return Suggesters.named("evolution");
  }

  @Override
  protected int raceLength() {
    return 100;
  }

  /**
   * ZDT1-like, two goals, 200 trials, 8 in flight; one-sided Mann–Whitney on the hypervolume, α =
   * 0.01, 10 studies each, seeds 0 to 9 and 100 to 109.
   */
  @ParameterizedTest
  @ValueSource(strings = {"crowding", "reference-points"})
  void findsABetterFrontThanRandomSearch(String selection) {
    Suggester suggester = Suggesters.named("evolution", Map.of("selection", selection));
    double[] mine = new double[10];
    double[] randoms = new double[10];
    for (int i = 0; i < mine.length; i++) {
      mine[i] = -volume(suggester, i);
      randoms[i] = -volume(Suggesters.named("random"), 100 + i);
    }
    assertThat(Significance.mannWhitney(mine, randoms)).as("p").isLessThan(0.01);
  }

  private static double volume(Suggester suggester, int seed) {
    StudySpec spec =
        new StudySpec(
            TestSpaces.continuous(4),
            List.of(Goal.minimize("one"), Goal.minimize("two")),
            List.of(),
            seed,
            OptionalInt.of(200),
            8);
    History history =
        Simulation.run(suggester, History.empty(spec), 200, 8, EvolutionSuggesterTest::twoGoals);
    double[] curve = Progress.hypervolume(history, new double[] {1.1, 6});
    return curve[curve.length - 1];
  }

  private static Outcome twoGoals(Trial trial) {
    double first = (trial.assignment().number("x0") + 5) / 10;
    double rest = 0;
    for (int i = 1; i < 4; i++) {
      rest += (trial.assignment().number("x" + i) + 5) / 10 * 3;
    }
    double second = (1 + rest) * (1 - Math.sqrt(first / (1 + rest)));
    return new Outcome.Completed(Measurement.of("one", first).and("two", second));
  }

  @Test
  void directionsAreSpreadEvenly() {
    Niches niches = new Niches(3, 3, Seeds.generator(1, 1, "test"));
    assertThat(niches.directions()).hasDimensions(10, 3);
    assertThat(niches.directions()[0]).containsExactly(0, 0, 1);
    for (double[] direction : niches.directions()) {
      assertThat(direction[0] + direction[1] + direction[2]).isEqualTo(1);
    }
  }

  @Test
  void nichesKeepThoseThatAreAloneNearADirection() {
    Niches niches = new Niches(2, 2, Seeds.generator(1, 1, "test"));
    double[][] front = {{0, 1}, {0.01, 0.98}, {0.5, 0.5}, {0.49, 0.52}, {1, 0}};
    assertThat(niches.thin(new double[0][], front, 3)).containsExactlyInAnyOrder(0, 2, 4);
    assertThat(niches.thin(new double[][] {{0, 1}, {1, 0}}, front, 1)).containsExactly(2);
  }

  @Test
  void survivorsAreFeasibleFirstThenNondominatedThenSparse() {
    double[] genes = {0.5};
    List<Member> all =
        List.of(
            new Member(genes, new double[] {0, 0}, 1),
            new Member(genes, new double[] {1, 5}, 0),
            new Member(genes, new double[] {2, 4.5}, 0),
            new Member(genes, new double[] {5, 1}, 0),
            new Member(genes, new double[] {6, 6}, 0));
    Niches niches = new Niches(2, 3, Seeds.generator(1, 1, "test"));
    assertThat(Population.of(all, 4, Selection.CROWDING, niches).size()).isEqualTo(4);
    Population two = Population.of(all, 2, Selection.CROWDING, niches);
    for (int seed = 0; seed < 20; seed++) {
      double first = two.tournament(Seeds.generator(seed, 0, "test")).losses()[0];
      assertThat(first).isIn(1.0, 5.0);
    }
  }

  @Test
  void childrenStayNearAndInside() {
    Variation variation = new Variation(0.9, 1, 20);
    double[] one = {0.2, 0.0, 1.0, Double.NaN};
    double[] other = {0.3, 0.0, 1.0, Double.NaN};
    var parameters = TestSpaces.continuous(4).parameters();
    double sum = 0;
    for (int i = 0; i < 2_000; i++) {
      double[] child = variation.child(parameters, one, other, Seeds.generator(i, 0, "test"));
      assertThat(child).doesNotContain(Double.NaN);
      for (double gene : child) {
        assertThat(gene).isBetween(0.0, 1.0);
      }
      sum += child[0] / 2_000;
    }
    // Both operators keep the mean; the standard error is about 0.001. Seeds 0 to 1,999.
    assertThat(sum).isBetween(0.245, 0.255);
  }
}
