package org.fettle.search.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.fettle.search.study.Direction;
import org.fettle.search.study.History;
import org.fettle.search.study.TrialState;
import org.junit.jupiter.api.Test;

class HalvingPrunerTest extends PrunerContract {

  @Override
  protected Pruner pruner() {
    return Pruners.named("halving");
  }

  @Test
  void rungsGrowByTheReduction() {
    Rungs rungs = new Rungs(2, 3);
    assertThat(rungs.reached(0, 1)).isEqualTo(OptionalLong.empty());
    assertThat(rungs.reached(1, 2)).isEqualTo(OptionalLong.of(2));
    assertThat(rungs.reached(2, 5)).isEqualTo(OptionalLong.empty());
    assertThat(rungs.reached(2, 7)).isEqualTo(OptionalLong.of(6));
    assertThat(rungs.reached(0, 20)).isEqualTo(OptionalLong.of(18));
    assertThat(rungs.bracket(2)).isEqualTo(new Rungs(18, 3));
  }

  /** Trials with these values at step 1; the last is asked about. */
  private static Verdict last(double... values) {
    History history = Crowd.empty(Direction.MINIMIZE);
    for (int i = 0; i < values.length; i++) {
      history = Crowd.reported(Crowd.started(history), i, values[i]);
    }
    Pruner pruner = new HalvingPruner(1, 3, 1);
    return pruner.decide(history, history.trial(values.length - 1));
  }

  @Test
  void oneOfThreePasses() {
    assertThat(last(5)).isEqualTo(Verdict.keep());
    assertThat(last(1, 5)).isEqualTo(Verdict.keep());
    assertThat(last(1, 2, 0.5)).isEqualTo(Verdict.keep());
    assertThat(last(1, 2, 1)).isEqualTo(Verdict.keep());
    assertThat(last(1, 2, 1.5))
        .isEqualTo(
            Verdict.stop(
                "score 1.500 at step 1 of fold 0 is behind 1.000; 1 of 3 trials may pass this"
                    + " rung"));
    assertThat(last(1, 2, 3, 4, 5, 1.5)).isEqualTo(Verdict.keep());
    assertThat(last(1, 2, 3, 4, 5, 2.5)).isInstanceOf(Verdict.Stop.class);
  }

  @Test
  void saysNothingBetweenRungs() {
    History history = Crowd.empty(Direction.MINIMIZE);
    for (int i = 0; i < 6; i++) {
      history = Crowd.reported(Crowd.started(history), i, 0, 0);
    }
    history = Crowd.reported(Crowd.started(history), 6, 0, 9);
    assertThat(new HalvingPruner(1, 3, 1).decide(history, history.trial(6)))
        .isEqualTo(Verdict.keep());
  }

  /** 100 trials, 1 fold of 27 steps, noise a tenth of the spread. */
  @Test
  void savesMostOfTheWorkAndKeepsTheBest() {
    Crowd crowd = new Crowd(Direction.MINIMIZE, 1, 27, 0.01);
    History history = crowd.run(pruner(), 100, number -> (number * 37 % 100) / 100.0);
    assertThat(crowd.cost(history)).isLessThan(0.3);
    assertThat(history.trial(0).state()).isEqualTo(TrialState.COMPLETED);
  }
}
