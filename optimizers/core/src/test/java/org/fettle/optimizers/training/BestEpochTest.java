package org.fettle.optimizers.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class BestEpochTest {

  private static BestEpoch after(int patience, double minDelta, double... values) {
    BestEpoch best = new BestEpoch(new EarlyStopping(0.1, Optional.empty(), patience, minDelta));
    for (double value : values) {
      assertThat(best.isOver()).isFalse();
      best.isBest(value);
    }
    return best;
  }

  @Test
  void isTheFirstOfTheLeast() {
    assertThat(after(9, 0, 3, 2, 2, 4).number()).isEqualTo(2);
    assertThat(after(9, 0, 3, 2, 1.5).number()).isEqualTo(3);
  }

  @Test
  void mustBeBetterByMoreThanTheLeastDifference() {
    assertThat(after(9, 0.5, 3, 2.5, 2.4).number()).isEqualTo(3);
    assertThat(after(9, 0.5, 3, 2.5).number()).isEqualTo(1);
  }

  @Test
  void endsAfterThePatience() {
    assertThat(after(2, 0, 3, 2, 2).isOver()).isFalse();
    assertThat(after(2, 0, 3, 2, 2, 2).isOver()).isTrue();
    assertThat(after(2, 0, 3, 2, 2, 1).isOver()).isFalse();
  }

  @Test
  void takesNaNForWorseThanAnything() {
    assertThat(after(9, 0, Double.NaN, 5, Double.NaN).number()).isEqualTo(2);
    assertThat(after(9, 0, Double.NaN, Double.NaN).number()).isEqualTo(1);
  }

  @Test
  void refusesWhatCannotBeWatched() {
    assertThatThrownBy(() -> new EarlyStopping(0.1, Optional.of("acuracy"), 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Metric must be one of accuracy, ");
    assertThatThrownBy(() -> new EarlyStopping(1, Optional.empty(), 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Holdout must be at least 0 and less than 1, but was 1.0");
  }
}
