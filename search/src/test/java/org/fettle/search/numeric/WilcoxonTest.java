package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against scipy.stats.wilcoxon of SciPy 1.17.1, alternative "greater", zeros split. */
class WilcoxonTest {

  @Test
  void countsSignsExactly() {
    assertThat(Wilcoxon.greater(new double[] {1, 2, 3, 4})).isEqualTo(0.0625);
    assertThat(Wilcoxon.greater(new double[] {1, 2, 3, -4})).isEqualTo(0.4375);
    assertThat(Wilcoxon.greater(new double[] {0.1, 0.2, 0.3, 0.4, -0.05})).isEqualTo(0.0625);
    assertThat(Wilcoxon.greater(new double[] {5, 4, 3, 2, 1, -1.5, -2.5})).isEqualTo(0.109375);
  }

  @Test
  void sharesRanksAmongTiesAndSplitsZeros() {
    assertThat(Wilcoxon.greater(new double[] {1, 1, 2, -1, 3})).isEqualTo(0.125);
    assertThat(Wilcoxon.greater(new double[] {1, 0, 2, -1, 3})).isEqualTo(0.1875);
  }

  @Test
  void approximatesManyByTheNormal() {
    double[] differences =
        IntStream.range(0, 60).mapToDouble(i -> i % 7 - 2.5 + i * 1e-3).toArray();
    assertThat(Wilcoxon.greater(differences)).isCloseTo(0.01297748336988335, within(1e-4));
  }

  @Test
  void knowsNothingFromNothing() {
    assertThat(Wilcoxon.greater(new double[0])).isEqualTo(1);
    assertThat(Wilcoxon.greater(new double[] {0, 0, 0})).isEqualTo(1);
  }
}
