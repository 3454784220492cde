package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values computed with 80 digits by mpmath 1.3. */
final class ExpectedImprovementTest {

  @ParameterizedTest
  @CsvSource({
    "-1000, -500014.73445209116, 1000.001999994",
    "-150, -11260.940342433996, 150.0133315561084",
    "-99, -4910.609484215455, 99.02019584095312",
    "-30, -457.724653760598, 30.06644615416242",
    "-5, -16.74430116266099, 5.361816241288088",
    "-1, -2.4851210257126413, 1.9042712333296918",
    "-0.5, -1.6205162643873199, 1.5598731483480797",
    "0, -0.9189385332046728, 1.2533141373155003",
    "3, 1.0987396653277077, 0.3328409684517952",
    "40, 3.6888794541139363, 0.025"
  })
  void staysExactInTheTail(double z, double log, double slope) {
    assertThat(ExpectedImprovement.log(z)).isCloseTo(log, withPercentage(1e-9));
    assertThat(ExpectedImprovement.logSlope(z)).isCloseTo(slope, withPercentage(1e-6));
  }

  @Test
  void isFiniteAndRisesHoweverSmall() {
    assertThat(ExpectedImprovement.log(-1e100)).isFinite();
    for (double z = -300; z < 20; z += 0.37) {
      assertThat(ExpectedImprovement.log(z + 0.01)).isGreaterThan(ExpectedImprovement.log(z));
    }
  }
}
