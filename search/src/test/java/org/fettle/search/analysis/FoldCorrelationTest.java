package org.fettle.search.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.fettle.search.analysis.FoldCorrelation.Agreement;
import org.fettle.search.prune.Crowd;
import org.fettle.search.study.Direction;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.junit.jupiter.api.Test;

class FoldCorrelationTest {

  private static History threeFolds() {
    History history = Crowd.raced(Crowd.empty(Direction.MINIMIZE), 1, 10, 3);
    history = Crowd.raced(history, 2, 20, 2);
    history = Crowd.raced(history, 3, 40, 1);
    return history;
  }

  @Test
  void comparesEachPairOfFolds() {
    FoldCorrelation correlation = FoldCorrelation.of(threeFolds());
    assertThat(correlation.pairs())
        .extracting(pair -> pair.first() + "/" + pair.second())
        .containsExactly("0/1", "0/2", "1/2");
    Agreement first = correlation.pairs().get(0).agreement();
    assertThat(first.trials()).isEqualTo(3);
    assertThat(first.spearman()).isCloseTo(1, within(1e-12));
    // By hand: deviations −1, 0, 1 and −40/3, −10/3, 50/3.
    assertThat(first.pearson()).isCloseTo(30 / Math.sqrt(2 * 4200 / 9.0), within(1e-12));
    assertThat(correlation.pairs().get(1).agreement().pearson()).isCloseTo(-1, within(1e-12));
    assertThat(correlation.firstWithMean().spearman()).isCloseTo(1, within(1e-12));
    assertThat(correlation.summary())
        .isEqualTo(
            "The first fold orders 3 trials as the mean does by 1.00 (Spearman); two folds agree by"
                + " -0.33 on average");
  }

  @Test
  void trialsCountWhereTheyHaveBothFolds() {
    History history = threeFolds();
    history = Crowd.started(history);
    history =
        history
            .foldEnded(3, 0, Measurement.of("score", 9))
            .foldEnded(3, 1, Measurement.of("score", 1))
            .ended(3, new Outcome.Pruned(Measurement.none(), "behind"));
    FoldCorrelation correlation = FoldCorrelation.of(history);
    assertThat(correlation.pairs().get(0).agreement().trials()).isEqualTo(4);
    assertThat(correlation.pairs().get(0).agreement().spearman()).isCloseTo(-0.2, within(1e-12));
    assertThat(correlation.pairs().get(1).agreement().trials()).isEqualTo(3);
    assertThat(correlation.firstWithMean().trials()).isEqualTo(3);
  }

  @Test
  void saysSoWhereThereIsNothingToCompare() {
    History empty = Crowd.empty(Direction.MINIMIZE);
    for (History history : new History[] {empty, Crowd.raced(empty, 1), Crowd.raced(empty, 1, 2)}) {
      FoldCorrelation correlation = FoldCorrelation.of(history);
      assertThat(correlation.pairs()).isEmpty();
      assertThat(correlation.summary()).isEqualTo("No two folds have two trials in common");
    }
    assertThat(FoldCorrelation.of(empty).firstWithMean().trials()).isZero();
  }
}
