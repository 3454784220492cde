package org.fettle.search.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.StudySpec;
import org.junit.jupiter.api.Test;

class StartPointsTest {

  private static final Assignment ONE = Assignment.of("layers", 1, "bias", true, "batch", 32);
  private static final Assignment TWO = Assignment.of("layers", 2, "bias", true, "batch", 64);
  private static final StudySpec SPEC =
      StudySpec.of(TestSpaces.tiny(), Goal.minimize("loss"), 1).startingWith(ONE, TWO);

  private final Suggester random = Suggesters.named("random");
  private final Suggester suggester = new StartPoints(random);

  @Test
  void proposesThemFirstAndThenAsksTheNextSuggester() {
    List<Suggestion> suggestions = suggester.suggest(History.empty(SPEC), 4);
    assertThat(suggestions)
        .extracting(Suggestion::origin)
        .containsExactly("start", "start", "random", "random");
    assertThat(suggestions).extracting(Suggestion::assignment).startsWith(ONE, TWO);
  }

  @Test
  void givesTheSameOneByOneAsInABatch() {
    History history = History.empty(SPEC);
    List<Suggestion> batch = suggester.suggest(history, 6);
    for (Suggestion expected : batch) {
      assertThat(suggester.suggest(history, 1)).containsExactly(expected);
      history = history.started(expected.assignment(), expected.origin());
    }
  }

  @Test
  void goesOnWhereAResumedStudyWas() {
    History history = History.empty(SPEC).started(ONE, "start");
    assertThat(suggester.suggest(history, 1)).containsExactly(new Suggestion(TWO, "start"));
  }

  @Test
  void isInvisibleWithoutStartPoints() {
    StudySpec plain = StudySpec.of(TestSpaces.tiny(), Goal.minimize("loss"), 1);
    assertThat(suggester.suggest(History.empty(plain), 3))
        .isEqualTo(random.suggest(History.empty(plain), 3));
  }

  @Test
  void standsInFrontTwiceAsOnce() {
    assertThat(new StartPoints(suggester).suggest(History.empty(SPEC), 5))
        .isEqualTo(suggester.suggest(History.empty(SPEC), 5));
  }
}
