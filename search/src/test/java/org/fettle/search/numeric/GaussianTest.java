package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class GaussianTest {

  @Test
  void knowsTheTable() {
    assertThat(Gaussian.upper(0)).isCloseTo(0.5, within(1e-7));
    assertThat(Gaussian.lower(1)).isCloseTo(0.8413447461, within(1e-7));
    assertThat(Gaussian.upper(1.959963985)).isCloseTo(0.025, within(1e-7));
    assertThat(Gaussian.upperQuantile(0.025)).isCloseTo(1.959963985, within(1e-5));
    assertThat(Gaussian.upperQuantile(0.9)).isCloseTo(-1.281551566, within(1e-5));
  }

  /** Seed 1, 40,000 draws: five standard errors of each moment. */
  @Test
  void drawsHaveTheMoments() {
    RandomGenerator random = Seeds.generator(1, 1, "gaussian");
    double sum = 0;
    double squares = 0;
    double beyond = 0;
    for (int i = 0; i < 40_000; i++) {
      double draw = Gaussian.draw(random);
      sum += draw;
      squares += draw * draw;
      beyond += draw > 1.959963985 ? 1 : 0;
    }
    assertThat(sum / 40_000).isCloseTo(0, within(0.025));
    assertThat(squares / 40_000).isCloseTo(1, within(0.036));
    assertThat(beyond / 40_000).isCloseTo(0.025, within(0.0039));
  }
}
