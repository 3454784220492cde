package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExponentialsTest {

  @Test
  void agreesWithTheLibrary() {
    for (double x = 0; x > -700; x -= 0.371) {
      double expected = StrictMath.exp(x);
      assertThat(Exponentials.ofNonPositive(x)).isCloseTo(expected, within(1e-8 * expected));
    }
    assertThat(Exponentials.ofNonPositive(0)).isEqualTo(1);
  }

  @Test
  void sumsWeightedTermsAndLosesWhatIsNegligible() {
    double[] exponents = {3, 1, -1e300, Double.NEGATIVE_INFINITY};
    double sum = Exponentials.sum(exponents, 3, new double[] {9, 2, 5, 1, 1}, 1, 4);
    assertThat(sum).isCloseTo(2 + 5 * StrictMath.exp(-2), within(1e-8));
  }
}
