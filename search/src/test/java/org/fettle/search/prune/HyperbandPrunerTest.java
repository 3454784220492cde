package org.fettle.search.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import org.fettle.search.study.Direction;
import org.fettle.search.study.History;
import org.junit.jupiter.api.Test;

class HyperbandPrunerTest extends PrunerContract {

  @Override
  protected Pruner pruner() {
    return Pruners.named("hyperband");
  }

  /** With η 3 and 4 brackets the paper starts 27, 12, 6 and 4 trials. */
  @Test
  void sharesTrialsAmongBracketsAsThePaperDoes() {
    HyperbandPruner pruner = new HyperbandPruner(1, 3, OptionalInt.of(27), 1);
    double[] counts = new double[4];
    for (int number = 0; number < 49_000; number++) {
      counts[pruner.bracket(1, number, 4)] += 1 / 1000.0;
    }
    double[] expected = {27, 12, 6, 4};
    double chiSquare = 0;
    for (int i = 0; i < 4; i++) {
      chiSquare += 1000 * Math.pow(counts[i] - expected[i], 2) / expected[i];
    }
    // χ² with 3 degrees of freedom passes 16.3 once in a thousand; study seed 1.
    assertThat(chiSquare).isLessThan(16.3);
  }

  @Test
  void stopsNoneUntilItKnowsHowLongAFoldIs() {
    History history = Crowd.empty(Direction.MINIMIZE);
    for (int i = 0; i < 30; i++) {
      history = Crowd.reported(Crowd.started(history), i, i, i, i);
      assertThat(pruner().decide(history, history.trial(i))).isEqualTo(Verdict.keep());
    }
  }

  @Test
  void takesTheStepsFromItsSettings() {
    Pruner pruner = Pruners.named("hyperband", Map.of("steps", 27, "reduction", 3));
    History history = Crowd.empty(Direction.MINIMIZE);
    int stopped = 0;
    for (int i = 0; i < 30; i++) {
      history = Crowd.reported(Crowd.started(history), i, i);
      stopped += pruner.decide(history, history.trial(i)) instanceof Verdict.Stop ? 1 : 0;
    }
    // The first bracket alone has a rung at step 1, and gets about 27 of 49 trials.
    assertThat(stopped).isBetween(5, 20);
  }
}
