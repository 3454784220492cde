package org.fettle.search.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.fettle.search.study.Direction;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.junit.jupiter.api.Test;

class RacingPrunerTest extends PrunerContract {

  @Override
  protected Pruner pruner() {
    return Pruners.named("racing");
  }

  /** The incumbent had 0.1, 0.2, 0.3, 0.4 and 0.5, with mean 0.3; the other these folds so far. */
  private static Verdict against(Pruner pruner, Map<Integer, Double> folds) {
    History history = Crowd.raced(Crowd.empty(Direction.MINIMIZE), 0.1, 0.2, 0.3, 0.4, 0.5);
    history = Crowd.started(history);
    for (Map.Entry<Integer, Double> fold : folds.entrySet()) {
      history = history.foldEnded(1, fold.getKey(), Measurement.of("score", fold.getValue()));
    }
    return pruner.decide(history, history.trial(1));
  }

  @Test
  void forgivesWhatTheIncumbentsWorstFoldExcuses() {
    Pruner forgiving = new RacingPruner(Rule.FORGIVING, 0, 2);
    assertThat(against(forgiving, Map.of(0, 0.49))).isEqualTo(Verdict.keep());
    assertThat(against(forgiving, Map.of(0, 0.51)))
        .isEqualTo(
            Verdict.stop(
                "Mean score 0.5100 of 1 fold is behind 0.5000, the worst fold of trial 0"));
  }

  @Test
  void theAggressiveRuleTakesTheMean() {
    Pruner aggressive = new RacingPruner(Rule.AGGRESSIVE, 0, 2);
    assertThat(against(aggressive, Map.of(0, 0.29))).isEqualTo(Verdict.keep());
    assertThat(against(aggressive, Map.of(0, 0.31))).isInstanceOf(Verdict.Stop.class);
  }

  @Test
  void neverStopsATrialThatIsNoWorseOnTheSameFolds() {
    Pruner harsh = new RacingPruner(Rule.AGGRESSIVE, 0.99, 1);
    // Fold 4 is hard: 0.45 is behind the incumbent's mean, yet ahead of its own fold 4.
    assertThat(against(harsh, Map.of(4, 0.45))).isEqualTo(Verdict.keep());
    assertThat(against(harsh, Map.of(3, 0.5, 4, 0.4))).isEqualTo(Verdict.keep());
  }

  @Test
  void testsPairedFolds() {
    Pruner test = new RacingPruner(Rule.NONE, 0.1, 2);
    // Three of three behind has a chance of 1/8, four of four of 1/16.
    assertThat(against(test, Map.of(0, 0.11, 1, 0.22, 2, 0.33))).isEqualTo(Verdict.keep());
    assertThat(against(test, Map.of(0, 0.11, 1, 0.22, 2, 0.33, 4, 0.54)))
        .isEqualTo(
            Verdict.stop(
                "Mean score 0.3000 of 4 folds is behind trial 0 on the same folds; by chance with"
                    + " probability 0.063 < 0.1"));
  }

  @Test
  void foldsThatTheIncumbentLacksDoNotCount() {
    Pruner forgiving = new RacingPruner(Rule.FORGIVING, 0.1, 1);
    assertThat(against(forgiving, Map.of(7, 99.0))).isEqualTo(Verdict.keep());
  }
}
