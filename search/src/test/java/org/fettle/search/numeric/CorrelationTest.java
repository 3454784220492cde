package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CorrelationTest {

  private static final double[] ONE = {1, 2, 3, 4, 4};
  private static final double[] OTHER = {1, 4, 9, 16, 0};

  @Test
  void equalValuesShareTheMeanOfTheirRanks() {
    assertThat(Ranks.doubled(new double[] {3, 1, 3, 7, -2})).containsExactly(7, 4, 7, 10, 2);
    assertThat(Ranks.doubled(new double[0])).isEmpty();
  }

  /**
   * By hand: deviations −1.8, −0.8, 0.2, 1.2, 1.2 and −5, −2, 3, 10, −6; ranks 1, 2, 3, 4.5, 4.5
   * and 2, 3, 4, 5, 1.
   */
  @Test
  void followsTheirDefinitions() {
    assertThat(Correlation.pearson(ONE, OTHER))
        .isCloseTo(16.0 / Math.sqrt(6.8 * 174), within(1e-15));
    assertThat(Correlation.spearman(ONE, OTHER)).isCloseTo(2 / Math.sqrt(95), within(1e-15));
    assertThat(Correlation.kendall(ONE, OTHER)).isCloseTo((6 - 3) / 10.0, within(1e-15));
  }

  @Test
  void ofOneOrderAndItsReverse() {
    double[] up = {1, 2, 10};
    double[] down = {5, 1, -30};
    assertThat(Correlation.spearman(up, down)).isCloseTo(-1, within(1e-15));
    assertThat(Correlation.kendall(up, up)).isEqualTo(1);
    assertThat(Correlation.pearson(up, up)).isCloseTo(1, within(1e-15));
  }

  @Test
  void whatDoesNotVaryAgreesOnNothing() {
    assertThat(Correlation.pearson(new double[] {1, 1}, new double[] {1, 2})).isNaN();
    assertThat(Correlation.pearson(new double[0], new double[0])).isNaN();
    assertThat(Correlation.kendall(new double[] {1, 1}, new double[] {1, 2})).isZero();
  }

  /** All orders of four: τ is 1, 2/3, 1/3, 0, −1/3, −2/3, −1 in 1, 3, 5, 6, 5, 3, 1 of 24. */
  @Test
  void theChanceOfTauIsThatOfAllOrders() {
    double variance = 2 * (1 + 3 * 4 / 9.0 + 5 / 9.0) / 24;
    assertThat(Correlation.kendallByChance(4)).isCloseTo(Math.sqrt(variance), within(1e-15));
    assertThat(Correlation.kendallByChance(1)).isZero();
  }
}
