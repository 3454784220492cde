package org.fettle.search.prune;

import static org.assertj.core.api.Assertions.assertThat;

import org.fettle.search.study.Direction;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.junit.jupiter.api.Test;

class PlateauPrunerTest extends PrunerContract {

  @Override
  protected Pruner pruner() {
    return new PlateauPruner(3, 0);
  }

  private static Verdict against(double incumbent, double... values) {
    History history = Crowd.empty(Direction.MAXIMIZE);
    history = Crowd.reported(Crowd.started(history), 0, incumbent);
    history = history.ended(0, new Outcome.Completed(Measurement.of("score", incumbent)));
    history = Crowd.reported(Crowd.started(history), 1, values);
    return new PlateauPruner(2, 0.05).decide(history, history.trial(1));
  }

  @Test
  void stopsWhatRestsBehindTheIncumbent() {
    assertThat(against(0.9, 0.5, 0.52, 0.51))
        .isEqualTo(
            Verdict.stop(
                "score 0.5200 at step 3 of fold 0 at best has not improved for 2 steps and is"
                    + " behind 0.9000 of trial 0"));
  }

  @Test
  void keepsWhatImprovesOrIsAhead() {
    assertThat(against(0.9, 0.5, 0.52, 0.56)).isEqualTo(Verdict.keep());
    assertThat(against(0.4, 0.5, 0.52, 0.51)).isEqualTo(Verdict.keep());
    assertThat(against(0.9, 0.5, 0.5)).isEqualTo(Verdict.keep());
  }
}
