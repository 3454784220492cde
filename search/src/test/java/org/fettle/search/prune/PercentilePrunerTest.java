package org.fettle.search.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.fettle.search.study.Direction;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.junit.jupiter.api.Test;

class PercentilePrunerTest extends PrunerContract {

  @Override
  protected Pruner pruner() {
    return Pruners.named("median");
  }

  private static Pruner median(int startup, Scope scope) {
    return new PercentilePruner(50, startup, scope);
  }

  /** Three completed trials with 0.2, 0.4 and 0.9 at step 2; and trial 3, which runs. */
  private static History three() {
    History history = Crowd.empty(Direction.MINIMIZE);
    double[][] curves = {{0.5, 0.2}, {0.7, 0.4}, {1.0, 0.9}};
    for (int i = 0; i < 3; i++) {
      history = Crowd.reported(Crowd.started(history), i, curves[i]);
      history = history.ended(i, new Outcome.Completed(Measurement.of("score", curves[i][1])));
    }
    return Crowd.started(history);
  }

  @Test
  void stopsBehindTheMedianOfTheSameStep() {
    History behind = Crowd.reported(three(), 3, 0.7, 0.41);
    assertThat(median(3, new Scope(1, 0, 1)).decide(behind, behind.trial(3)))
        .isEqualTo(
            Verdict.stop(
                "score 0.4100 at step 2 of fold 0 at best is behind 0.4000, the median of 3"
                    + " trials"));
    History level = Crowd.reported(three(), 3, 0.7, 0.4);
    assertThat(median(3, new Scope(1, 0, 1)).decide(level, level.trial(3)))
        .isEqualTo(Verdict.keep());
  }

  @Test
  void countsTheBestValueSoFar() {
    History history = Crowd.reported(three(), 3, 0.39, 5.0);
    assertThat(median(3, new Scope(1, 0, 1)).decide(history, history.trial(3)))
        .isEqualTo(Verdict.keep());
  }

  @Test
  void interpolatesThePercentile() {
    Pruner quarter = new PercentilePruner(25, 0, new Scope(1, 0, 1));
    History pass = Crowd.reported(three(), 3, 0.9, 0.3);
    History fail = Crowd.reported(three(), 3, 0.9, 0.301);
    assertThat(quarter.decide(pass, pass.trial(3))).isEqualTo(Verdict.keep());
    assertThat(quarter.decide(fail, fail.trial(3))).isInstanceOf(Verdict.Stop.class);
  }

  @Test
  void waitsForStartupWarmupAndInterval() {
    History history = Crowd.reported(three(), 3, 9, 9);
    assertThat(median(4, new Scope(1, 0, 1)).decide(history, history.trial(3)))
        .isEqualTo(Verdict.keep());
    assertThat(median(0, new Scope(1, 2, 1)).decide(history, history.trial(3)))
        .isEqualTo(Verdict.keep());
    assertThat(median(0, new Scope(1, 0, 2)).decide(history, history.trial(3)))
        .isEqualTo(Verdict.keep());
    assertThat(median(0, new Scope(1, 1, 2)).decide(history, history.trial(3)))
        .isInstanceOf(Verdict.Stop.class);
  }

  @Test
  void comparesWithinAFoldOnly() {
    History history = three().reported(3, new Report(1, 2, Measurement.of("score", 9)));
    assertThat(median(0, new Scope(2, 0, 1)).decide(history, history.trial(3)))
        .isEqualTo(Verdict.keep());
  }

  @Test
  void providersTakeTheirSettings() {
    Map<String, Object> settings =
        Map.of("percentile", 30, "startup", 2, "folds", 2, "warmup", 3, "interval", 4);
    assertThat(Pruners.named("percentile", settings)).isInstanceOf(PercentilePruner.class);
    assertThatThrownBy(() -> Pruners.named("percentile", Map.of("percentile", 100)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("percentile must be a number > 0.0 and < 100.0, but was 100");
  }
}
