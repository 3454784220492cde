package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.random.RandomGenerator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected values computed with 40 digits by mpmath 1.3. */
final class NormalDistributionTest {

  private static final Percentage CLOSE = withPercentage(1e-11);

  @ParameterizedTest
  @CsvSource({
    "-10, 7.619853024160525e-24, -53.23128515051247",
    "-3, 0.0013498980316300946, -6.607726221510349",
    "-1, 0.15865525393145705, -1.8410216450092636",
    "-0.2, 0.42074029056089696, -0.8657395226815953",
    "0, 0.5, -0.6931471805599453",
    "0.5, 0.6914624612740131, -0.3689464152886564",
    "2, 0.9772498680518208, -0.02301290932896349",
    "8, 0.9999999999999993, -6.220960574271786e-16"
  })
  void cumulates(double z, double probability, double log) {
    assertThat(NormalDistribution.cumulative(z)).isCloseTo(probability, CLOSE);
    assertThat(NormalDistribution.logCumulative(z)).isCloseTo(log, CLOSE);
  }

  @ParameterizedTest
  @CsvSource({"-40, -804.6084420137538"})
  void keepsTheLogarithmWhereTheProbabilityVanishes(double z, double log) {
    assertThat(NormalDistribution.logCumulative(z)).isCloseTo(log, CLOSE);
    assertThat(NormalDistribution.logCumulative(-1e150)).isFinite();
  }

  @ParameterizedTest
  @CsvSource({
    "-2, 108.94090438997797",
    "-0.3, 1.4537492328427655",
    "0, 1",
    "0.4, 0.6707877852947615",
    "1, 0.427583576155807",
    "3.9, 0.14031418160068973",
    "4.1, 0.133834116418652",
    "30, 0.01879588886141675"
  })
  void scalesTheComplementaryErrorFunction(double x, double expected) {
    assertThat(NormalDistribution.erfcx(x)).isCloseTo(expected, CLOSE);
  }

  @ParameterizedTest
  @CsvSource({
    "1e-300, -37.0470962993612",
    "1e-20, -9.262340089798409",
    "1e-5, -4.264890793922825",
    "0.02, -2.053748910631823",
    "0.5, 0",
    "0.6, 0.2533471031357997",
    "0.999, 3.090232306167813"
  })
  void inverts(double probability, double z) {
    assertThat(NormalDistribution.quantile(probability)).isCloseTo(z, CLOSE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void refusesWhatIsNoProbability(double probability) {
    assertThatThrownBy(() -> NormalDistribution.quantile(probability))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Probability must be between 0 and 1, but was " + probability);
  }

  /** Seed 1, 40,000 draws: five standard errors of each moment. */
  @Test
  void drawsHaveTheMoments() {
    RandomGenerator random = Seeds.generator(1, 1, "gaussian");
    double sum = 0;
    double squares = 0;
    double beyond = 0;
    for (int i = 0; i < 40_000; i++) {
      double draw = NormalDistribution.draw(random);
      sum += draw;
      squares += draw * draw;
      beyond += draw > 1.959963985 ? 1 : 0;
    }
    assertThat(sum / 40_000).isCloseTo(0, within(0.025));
    assertThat(squares / 40_000).isCloseTo(1, within(0.036));
    assertThat(beyond / 40_000).isCloseTo(0.025, within(0.0039));
  }
}
