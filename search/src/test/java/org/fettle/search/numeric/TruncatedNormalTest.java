package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruncatedNormalTest {

  /** Reference: scipy.stats.truncnorm on [0, 1], SciPy 1.16. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 1, 0.38292492254802624, 1.0211993812609874, 0.20391356193884283, 0.010847274878055146",
    "0.0, 0.1, 0.5, 0.0886369682387602, 0.04543692141269218, 0.0012533469508069278",
    "1.0, 0.3, 0.49957093966680316, 0.17496273309518096, 0.03787200150835099, 0.2357476281312053",
    "0.25, 0.05, 0.9999997133484281, 4.839415877609036, 0.8399950888228255, 0.13368313867831846",
    "0.9, 0.01, 1.0, 0.0, 0.0, 0.8767365212595916"
  })
  void agreesWithTheReference(
      double mean, double deviation, double mass, double density, double share, double point) {
    assertThat(TruncatedNormal.mass(mean, deviation)).isCloseTo(mass, within(1e-10));
    assertThat(TruncatedNormal.density(mean, deviation, 0.3)).isCloseTo(density, within(1e-9));
    assertThat(TruncatedNormal.between(mean, deviation, 0.2, 0.4)).isCloseTo(share, within(1e-10));
    assertThat(TruncatedNormal.quantile(mean, deviation, 0.01)).isCloseTo(point, within(1e-8));
  }

  /** Reference: Φ(1.96) and Φ(−3) of any table. */
  @Test
  void distributionFunctionIsThatOfTheTables() {
    assertThat(TruncatedNormal.cdf(1.959963984540054)).isCloseTo(0.975, within(2e-11));
    assertThat(TruncatedNormal.cdf(-3)).isCloseTo(0.0013498980316300933, within(2e-11));
    assertThat(TruncatedNormal.cdf(0)).isEqualTo(0.5);
    assertThat(TruncatedNormal.cdf(40)).isEqualTo(1);
    assertThat(TruncatedNormal.cdf(Double.NEGATIVE_INFINITY)).isZero();
  }

  @Test
  void quantileUndoesTheShare() {
    for (double share = 0.001; share < 1; share += 0.037) {
      double point = TruncatedNormal.quantile(0.3, 0.2, share);
      assertThat(TruncatedNormal.between(0.3, 0.2, 0, point)).isCloseTo(share, within(1e-8));
    }
  }

  @Test
  void quantileStaysInTheInterval() {
    for (double mean : new double[] {0, 0.5, 1}) {
      for (double deviation : new double[] {1e-9, 0.01, 1}) {
        assertThat(TruncatedNormal.quantile(mean, deviation, 0)).isBetween(0.0, 1.0);
        assertThat(TruncatedNormal.quantile(mean, deviation, Math.nextDown(1.0)))
            .isBetween(0.0, 1.0);
      }
    }
  }
}
