package org.fettle.search.suggest.pbt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.fettle.search.TestSeed;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.numeric.Significance;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.OrdinalParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Lineage;
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

class PbtSuggesterTest extends SuggesterContract {

  private static final SearchSpace RATE =
      SearchSpace.of(DoubleParameter.of("rate", 1e-3, 1, Scale.LOG));

  @Override
  protected Suggester suggester() {
    return Suggesters.named("pbt", Map.of("population", 5, "generations", 5));
  }

  /** A member that goes on keeps its assignment. */
  @Override
  protected boolean neverRepeats() {
    return false;
  }

  @Override
  protected boolean suggestsAtWill() {
    return false;
  }

  @Override
  protected boolean supportsSeveralGoals() {
    return false;
  }

  /** Nothing is learnt on the way to the value of a fixed function. */
  @Override
  protected boolean beatsRandom() {
    return false;
  }

  private static StudySpec spec(SearchSpace space, long seed, int parallelism) {
    return new StudySpec(
        space, List.of(Goal.minimize("loss")), List.of(), seed, OptionalInt.empty(), parallelism);
  }

  private static Outcome loss(double value) {
    return new Outcome.Completed(Measurement.of("loss", value));
  }

  private static History begun(Suggester suggester, History history, int count) {
    History begun = history;
    for (Suggestion suggestion : suggester.suggest(history, count)) {
      begun = suggestion.startedIn(begun);
    }
    return begun;
  }

  @Test
  void theWorstGoesOnFromTheBestAndTheOthersAsTheyAre() {
    Suggester pbt = suggester();
    History history = begun(pbt, History.empty(spec(RATE, 1, 1)), 5);
    assertThat(history.trials()).hasSize(5).allMatch(trial -> trial.lineage().isEmpty());
    assertThat(pbt.suggest(history, 1)).as("while all run").isEmpty();
    for (int number = 0; number < 5; number++) {
      history = history.ended(number, loss(number == 2 ? 0 : number + 1));
    }

    History next = begun(pbt, history, 5);

    for (int member = 0; member < 4; member++) {
      assertThat(next.trial(5 + member).lineage()).contains(new Lineage(member, member, 2));
      assertThat(next.trial(5 + member).assignment()).isEqualTo(history.trial(member).assignment());
    }
    assertThat(next.trial(9).lineage()).contains(new Lineage(2, 4, 2));
    double parent = history.trial(2).assignment().number("rate");
    assertThat(next.trial(9).assignment().number("rate")).isNotEqualTo(parent);
    assertThat(pbt.suggest(next, 1)).isEmpty();
  }

  @Test
  void aFailedTrialIsAmongTheWorstAndAMemberThatKeepsFailingIsGivenUp() {
    Suggester pbt = suggester();
    History history = begun(pbt, History.empty(spec(RATE, 2, 1)), 5);
    for (int number = 0; number < 4; number++) {
      history = history.ended(number, loss(number));
    }
    Outcome broken = Outcome.of(FailureCode.USER_ERROR, "no");
    history = history.ended(4, broken);
    int member = 4;
    List<Lineage> lineages = new ArrayList<>();
    for (int i = 0; i < 18; i++) {
      history = begun(pbt, history, 1);
      Trial last = history.trial(history.size() - 1);
      if (last.lineage().orElseThrow().predecessor() == member) {
        lineages.add(last.lineage().orElseThrow());
        member = last.number();
        history = history.ended(member, broken);
      } else {
        history = history.ended(last.number(), loss(9));
      }
    }
    assertThat(lineages).hasSize(2);
    assertThat(lineages.get(0).parent()).isEqualTo(0);
  }

  @Test
  void endsWhenAllMembersHaveTrainedAllGenerations() {
    StudySpec spec = spec(RATE, 3, 3);
    History history =
        Simulation.run(suggester(), spec, 1000, trial -> loss(trial.assignment().number("rate")));

    assertThat(history.size()).isEqualTo(25);
    assertThat(Simulation.run(suggester(), spec(RATE, 3, 8), 1000, trial -> loss(1)).size())
        .as("as many members as trials in flight")
        .isEqualTo(40);
    assertThat(
            Simulation.run(
                    suggester(), spec, 1000, trial -> Outcome.of(FailureCode.USER_ERROR, "no"))
                .size())
        .as("no trial to go on from")
        .isEqualTo(5);
  }

  @Test
  void holdsWhatItIsToldToAndChangesOtherParametersByAStepOrAFactor() {
    SearchSpace space =
        SearchSpace.of(
            DoubleParameter.of("rate", 0.01, 1, Scale.LOG),
            DoubleParameter.stepped("drop", 0, 1, 0.1),
            IntegerParameter.of("steps", 1, 100, Scale.LINEAR),
            OrdinalParameter.of("batch", 16, 32, 64),
            CategoricalParameter.of("kind", "a", "b"),
            IntegerParameter.of("model.units", 4, 64, Scale.LOG),
            CategoricalParameter.of("model", "c", "d"));
    PbtSettings settings = new PbtSettings(5, 5, 0.2, 0, 0.8, 1.2, List.of("model", "model.units"));
    Assignment parent =
        space.checked(
            Assignment.of(
                "rate",
                0.1,
                "drop",
                0.5,
                "steps",
                2,
                "batch",
                32,
                "kind",
                "b",
                "model.units",
                8,
                "model",
                "d"));
    Map<String, List<Object>> values = new HashMap<>();
    for (int seed = 0; seed < 100; seed++) {
      Assignment near =
          new Exploration(space, settings).near(parent, Seeds.generator(seed, 0, "test"));
      space.check(near);
      near.values()
          .forEach(
              (name, value) -> values.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
    }
    assertThat(values.get("rate")).containsOnly(0.1 * 0.8, 0.1 * 1.2);
    assertThat(values.get("drop")).containsOnly(0.4, 0.6);
    assertThat(values.get("steps")).containsOnly(1L, 3L);
    assertThat(values.get("batch")).containsOnly(16L, 64L);
    assertThat(values.get("kind")).containsOnly("b");
    assertThat(values.get("model.units")).containsOnly(8L);
    assertThat(values.get("model")).containsOnly("d");
  }

  /**
   * Noisy gradient descent of a bowl, where no constant rate is both fast and exact. Ten members of
   * ten generations against as many random rates that train as long; one-sided Mann–Whitney on the
   * best end, α = 0.01, 15 studies each.
   */
  @Test
  void findsASchedule() {
    double[] mine = new double[15];
    double[] randoms = new double[15];
    for (int i = 0; i < mine.length; i++) {
      long seed = Seeds.derive(TestSeed.value(), i, "schedule");
      mine[i] = best(Suggesters.named("pbt"), seed);
      randoms[i] = best(new Constant(), seed + 1);
    }
    assertThat(Significance.mannWhitney(mine, randoms)).as("p").isLessThan(0.01);
  }

  /** Ten members with random rates, each of which goes on as it is. */
  private static final class Constant implements Suggester {
    @Override
    public List<Suggestion> suggest(History history, int count) {
      int number = history.size();
      if (number < 10) {
        return Suggesters.named("random").suggest(history, 1);
      }
      Trial last = history.trial(number - 10);
      return number == 100
          ? List.of()
          : List.of(
              new Suggestion(
                  last.assignment(),
                  "constant",
                  Optional.of(new Lineage(last.number(), last.number(), number / 10 + 1))));
    }
  }

  private static double best(Suggester suggester, long seed) {
    Map<Integer, double[]> ends = new HashMap<>();
    Function<Trial, Outcome> descent =
        trial -> {
          double[] weights = new double[10];
          java.util.Arrays.fill(weights, 10);
          trial
              .lineage()
              .ifPresent(
                  from -> System.arraycopy(ends.get(from.parent()), 0, weights, 0, weights.length));
          RandomGenerator noise = Seeds.generator(seed, trial.number(), "noise");
          double rate = trial.assignment().number("rate");
          double loss = 0;
          for (int i = 0; i < weights.length; i++) {
            for (int step = 0; step < 10; step++) {
              weights[i] -= rate * (weights[i] + noise.nextGaussian());
            }
            loss += weights[i] * weights[i];
          }
          ends.put(trial.number(), weights);
          return loss(loss);
        };
    History history = Simulation.run(suggester, spec(RATE, seed, 1), 100, descent);
    assertThat(history.size()).isEqualTo(100);
    return history.incumbent().orElseThrow().completed().orElseThrow().value("loss");
  }
}
