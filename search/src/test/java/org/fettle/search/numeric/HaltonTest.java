package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HaltonTest {

  /** scipy.stats.qmc.Halton(40, scramble=False) of SciPy 1.17.1. */
  @Test
  void agreesWithSciPy() {
    assertThat(Halton.coordinate(0, 5)).isEqualTo(0.625);
    assertThat(Halton.coordinate(1, 5)).isCloseTo(0.7777777777777777, within(1e-15));
    assertThat(Halton.coordinate(2, 5)).isCloseTo(0.04, within(1e-15));
    assertThat(Halton.coordinate(3, 5)).isCloseTo(0.7142857142857142, within(1e-15));
    assertThat(Halton.coordinate(10, 1000)).isCloseTo(0.2591386660400792, within(1e-15));
    assertThat(Halton.coordinate(39, 1000)).isCloseTo(0.7805138828560928, within(1e-15));
  }

  @Test
  void knowsThePrimes() {
    assertThat(IntStream.range(0, 6).map(Halton::prime)).containsExactly(2, 3, 5, 7, 11, 13);
    assertThat(Halton.prime(9_999)).isEqualTo(104_729);
    assertThatThrownBy(() -> Halton.prime(10_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Dimension must be from 0 to 9999, but was 10000");
  }

  @Test
  void scramblingKeepsEveryDimensionStratified() {
    for (int dimension = 0; dimension < 20; dimension++) {
      int base = Halton.prime(dimension);
      int points = base * base;
      int known = dimension;
      int[] cells =
          IntStream.range(0, points)
              .map(i -> (int) (points * Halton.scrambled(known, i, 11) + 1e-9))
              .sorted()
              .toArray();
      assertThat(cells).containsExactly(IntStream.range(0, points).toArray());
    }
  }

  @Test
  void staysBelowOne() {
    assertThat(IntStream.range(0, 10_000).mapToDouble(i -> Halton.scrambled(0, i, 1)))
        .allMatch(value -> value >= 0 && value < 1);
  }
}
