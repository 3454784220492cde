package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SignificanceTest {

  // scipy.stats.mannwhitneyu(range(8), range(4, 12), alternative="less", method="asymptotic")
  @Test
  void mannWhitneyAgreesWithReference() {
    double[] less = {0, 1, 2, 3, 4, 5, 6, 7};
    double[] more = {4, 5, 6, 7, 8, 9, 10, 11};
    assertThat(Significance.mannWhitney(less, more)).isCloseTo(0.0066565, within(1e-6));
    assertThat(Significance.mannWhitney(more, less)).isGreaterThan(0.99);
    assertThat(Significance.mannWhitney(new double[8], new double[8])).isEqualTo(1);
  }

  @Test
  void uniformRefusesAClump() {
    double[] even = new double[100];
    double[] clump = new double[100];
    for (int i = 0; i < 100; i++) {
      even[i] = (i + 0.5) / 100;
      clump[i] = 0.4 + i / 1000.0;
    }
    assertThat(Significance.uniform(even)).isGreaterThan(0.99);
    assertThat(Significance.uniform(clump)).isLessThan(1e-9);
  }

  // The 1 % point of χ² with 4 degrees of freedom is 13.277.
  @Test
  void chiSquaredAgreesWithTable() {
    double[] expected = {100, 100, 100, 100, 100};
    double half = Math.sqrt(13.277 * 100 / 2);
    long[] observed = {100, 100, 100, Math.round(100 + half), Math.round(100 - half)};
    assertThat(Significance.chiSquared(observed, expected)).isCloseTo(0.01, within(0.001));
  }
}
