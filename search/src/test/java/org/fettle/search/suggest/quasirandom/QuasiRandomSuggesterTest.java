package org.fettle.search.suggest.quasirandom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.StudySpec;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterContract;
import org.fettle.search.suggest.Suggesters;
import org.fettle.search.suggest.TestSpaces;
import org.junit.jupiter.api.Test;

class QuasiRandomSuggesterTest extends SuggesterContract {

  @Override
  protected Suggester suggester() {
    return Suggesters.named("quasirandom");
  }

  @Override
  protected boolean neverRepeats() {
    return false;
  }

  @Override
  protected boolean beatsRandom() {
    return false;
  }

  @Test
  void trialNIsPointNWhateverWasBefore() {
    SearchSpace space = TestSpaces.conditional();
    History history = History.empty(StudySpec.of(space, Goal.minimize("loss"), 3));
    Suggester suggester = Suggesters.named("quasirandom", Map.of("sequence", "halton"));
    var ahead = suggester.suggest(history, 20);
    for (int i = 0; i < 20; i++) {
      assertThat(suggester.suggest(history, 1)).containsExactly(ahead.get(i));
      history = history.started(ahead.get(i).assignment(), "other");
    }
  }
}
