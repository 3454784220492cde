package org.fettle.optimizers.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DivergenceTest {

  @Test
  void aLossThatIsNotFiniteIsDivergence() {
    for (double loss : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Divergence divergence = new Divergence();
      assertThat(divergence.step(1)).isFalse();
      assertThat(divergence.reason()).isEmpty();
      assertThat(divergence.step(loss)).isTrue();
      assertThat(divergence.epoch(loss, Double.NaN)).isTrue();
      assertThat(divergence.reason()).contains("Loss must be finite, but was " + loss);
    }
  }

  @Test
  void soAreParametersThatAreNot() {
    Divergence divergence = new Divergence();
    divergence.step(1);
    assertThat(divergence.epoch(1, Double.NaN)).isTrue();
    assertThat(divergence.reason()).contains("Sum of parameters must be finite, but was NaN");
  }

  @Test
  void anEpochAMillionTimesWorseThanTheFirstStepIsDivergenceAndAStepIsNot() {
    Divergence divergence = new Divergence();
    assertThat(divergence.step(20)).isFalse();
    assertThat(divergence.step(1e9)).isFalse();
    assertThat(divergence.epoch(2e7, 0)).isFalse();
    assertThat(divergence.epoch(2.1e7, 0)).isTrue();
    assertThat(divergence.reason())
        .contains(
            "Mean loss of an epoch must be at most 2.0E7, a million times the first step's, but"
                + " was 2.1E7");
  }

  @Test
  void aRunThatBeginsNearlyRightMayBecomeWorse() {
    Divergence divergence = new Divergence();
    divergence.step(1e-9);
    assertThat(divergence.epoch(900_000, 0)).isFalse();
    assertThat(divergence.epoch(1_100_000, 0)).isTrue();
  }

  @Test
  void aRunThatBeginsWithNoNumberHasDivergedWhateverComes() {
    Divergence divergence = new Divergence();
    assertThat(divergence.step(Double.NaN)).isTrue();
    assertThat(divergence.step(1)).isTrue();
  }
}
