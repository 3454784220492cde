package org.fettle.search.suggest.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fettle.search.space.Condition.oneOf;

import java.util.List;
import java.util.OptionalInt;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.StudySpec;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterContract;
import org.fettle.search.suggest.Suggesters;
import org.fettle.search.suggest.random.RandomSuggester;
import org.junit.jupiter.api.Test;

/** The contract, and which suggester a study gets. */
final class AutoSuggesterTest extends SuggesterContract {

  private static final Parameter X = DoubleParameter.of("x", 0, 1, Scale.LINEAR);
  private static final Parameter KIND = CategoricalParameter.of("kind", "a", "b");
  private static final List<Goal> ONE = List.of(Goal.minimize("loss"));
  private static final List<Goal> TWO = List.of(Goal.minimize("loss"), Goal.minimize("size"));

  @Override
  protected Suggester suggester() {
    return Suggesters.named("auto");
  }

  @Override
  protected int raceLength() {
    return 30;
  }

  /** A small space is tried out whole, by the grid. */
  @Override
  protected boolean endsWhenExhausted() {
    return true;
  }

  @Test
  void modelsAYoungStudy() {
    assertThat(choice(ONE, 1, 0, X, KIND)).isEqualTo("gp");
    assertThat(choice(TWO, 8, 499, X, KIND.when(oneOf("other", "b")), other())).isEqualTo("gp");
  }

  @Test
  void triesASmallSpaceOutWhole() {
    assertThat(choice(ONE, 1, 0, KIND, IntegerParameter.of("n", 1, 5, Scale.LINEAR)))
        .isEqualTo("grid");
    assertThat(choice(ONE, 1, 0, KIND, IntegerParameter.of("n", 1, 5_000, Scale.LINEAR)))
        .isEqualTo("gp");
  }

  @Test
  void turnsToCheaperSuggestersWhenTrialsAreMany() {
    assertThat(choice(ONE, 1, 500, X)).isEqualTo("cmaes");
    assertThat(choice(ONE, 1, 500, X, KIND)).isEqualTo("tpe");
    assertThat(choice(ONE, 64, 0, X, KIND)).isEqualTo("tpe");
    assertThat(choice(TWO, 1, 500, X)).isEqualTo("tpe");
    assertThat(choice(TWO, 1, 1_000, X)).isEqualTo("evolution");
  }

  private static Parameter other() {
    return CategoricalParameter.of("other", "a", "b");
  }

  private static String choice(
      List<Goal> goals, int parallelism, int trials, Parameter... parameters) {
    StudySpec spec =
        new StudySpec(
            SearchSpace.of(parameters), goals, List.of(), 1, OptionalInt.of(2_000), parallelism);
    History history = History.empty(spec);
    for (int i = 0; i < trials; i++) {
      history =
          history.started(new RandomSuggester().suggest(history, 1).get(0).assignment(), "random");
      history = history.ended(i, new Outcome.Completed(Measurement.of("loss", i).and("size", -i)));
    }
    Choice choice = Choice.of(history);
    assertThat(choice.reason()).isNotBlank();
    return choice.suggester();
  }
}
