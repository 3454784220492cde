package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuantilesTest {

  @Test
  void interpolatesBetweenNeighbours() {
    double[] sample = {1, 2, 4, 8};
    assertThat(Quantiles.sorted(sample, 0)).isEqualTo(1);
    assertThat(Quantiles.sorted(sample, 0.5)).isEqualTo(3);
    assertThat(Quantiles.sorted(sample, 0.9)).isCloseTo(6.8, within(1e-12));
    assertThat(Quantiles.sorted(sample, 1)).isEqualTo(8);
    assertThat(Quantiles.sorted(new double[] {5}, 0.3)).isEqualTo(5);
  }

  @Test
  void refusesAnEmptySample() {
    assertThatThrownBy(() -> Quantiles.sorted(new double[0], 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Sample must not be empty");
  }
}
