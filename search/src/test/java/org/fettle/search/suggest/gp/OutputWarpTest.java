package org.fettle.search.suggest.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OutputWarpTest {

  private static final double[] VALUES = {3, 1, 2, 1e6, 5, 4, 40};

  @ParameterizedTest
  @EnumSource
  void keepsTheOrderWithMeanZeroAndVarianceOne(OutputWarp warp) {
    double[] warped = warp.warped(VALUES);
    double sum = 0;
    double square = 0;
    for (int i = 0; i < VALUES.length; i++) {
      sum += warped[i];
      square += warped[i] * warped[i];
      for (int j = 0; j < VALUES.length; j++) {
        assertThat(Double.compare(warped[i], warped[j]))
            .isEqualTo(Double.compare(VALUES[i], VALUES[j]));
      }
    }
    assertThat(sum).isCloseTo(0, offset(1e-9));
    assertThat(square / VALUES.length).isCloseTo(1, offset(1e-9));
  }

  @ParameterizedTest
  @EnumSource
  void takesEqualValuesAndExtremes(OutputWarp warp) {
    assertThat(warp.warped(new double[] {7, 7, 7})).containsOnly(0);
    assertThat(warp.warped(new double[] {0, Double.MAX_VALUE, -Double.MAX_VALUE, 1}))
        .doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
  }

  @Test
  void laysTheWorseHalfOutByRank() {
    double[] near = HalfRank.warped(new double[] {3, 1, 2, 6, 5, 4, 7});
    double[] far = HalfRank.warped(new double[] {3, 1, 2, 1e6, 5, 4, 1e9});
    assertThat(far).containsExactly(near);
  }

  @Test
  void scalingKeepsZero() {
    assertThat(OutputWarp.scaled(new double[] {-2, 0, 2}))
        .containsExactly(new double[] {-Math.sqrt(1.5), 0, Math.sqrt(1.5)}, offset(1e-12));
    assertThat(OutputWarp.scaled(new double[] {-2, -2})).containsExactly(-1, -1);
  }
}
