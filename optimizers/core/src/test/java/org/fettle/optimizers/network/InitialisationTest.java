package org.fettle.optimizers.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InitialisationTest {

  private static final int IN = 200;
  private static final int OUT = 100;

  private static float[] weights(Initialisation initialisation) {
    float[] weights = new float[IN * OUT];
    initialisation.fill(weights, IN, IN, OUT, new SplittableRandom(3));
    return weights;
  }

  @ParameterizedTest
  @EnumSource
  void hasItsMeanVarianceAndShape(Initialisation initialisation) {
    double variance =
        switch (initialisation) {
          case HE, HE_UNIFORM -> 2.0 / IN;
          case XAVIER, XAVIER_UNIFORM -> 2.0 / (IN + OUT);
          case LECUN, LECUN_UNIFORM, ORTHOGONAL -> 1.0 / IN;
          case ZERO -> 0;
        };
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (float weight : weights(initialisation)) {
      sum += weight;
      squares += (double) weight * weight;
      largest = Math.max(largest, Math.abs(weight));
    }
    int count = IN * OUT;
    // Five standard deviations of a mean, and 5 %, which of 20000 mean squares is as much.
    assertThat(sum / count).isCloseTo(0, within(5 * Math.sqrt(variance / count)));
    assertThat(squares / count).isCloseTo(variance, within(0.05 * variance));
    switch (initialisation) {
      case HE_UNIFORM, XAVIER_UNIFORM, LECUN_UNIFORM ->
          assertThat(largest)
              .isBetween(0.999 * Math.sqrt(3 * variance), 1.000001 * Math.sqrt(3 * variance));
      case HE, XAVIER, LECUN, ORTHOGONAL ->
          assertThat(largest).isBetween(3.2 * Math.sqrt(variance), 6 * Math.sqrt(variance));
      case ZERO -> assertThat(largest).isZero();
    }
  }

  @Test
  void orthogonalUnitsAreOrthonormal() {
    assertOrthonormal(5, 8, true);
    assertOrthonormal(8, 8, true);
  }

  @Test
  void moreUnitsThanInputsHaveOrthonormalInputs() {
    assertOrthonormal(9, 4, false);
  }

  private static void assertOrthonormal(int units, int perUnit, boolean byUnit) {
    float[] weights = new float[units * perUnit];
    Initialisation.ORTHOGONAL.fill(weights, perUnit, perUnit, units, new SplittableRandom(1));
    int vectors = byUnit ? units : perUnit;
    for (int a = 0; a < vectors; a++) {
      for (int b = 0; b <= a; b++) {
        double dot = 0;
        for (int i = 0; i < (byUnit ? perUnit : units); i++) {
          dot +=
              byUnit
                  ? weights[a * perUnit + i] * weights[b * perUnit + i]
                  : weights[i * perUnit + a] * weights[i * perUnit + b];
        }
        assertThat(dot).as("%d · %d", a, b).isCloseTo(a == b ? 1 : 0, within(1e-6));
      }
    }
  }
}
