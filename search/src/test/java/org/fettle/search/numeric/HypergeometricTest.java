package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.random.RandomGenerator;
import org.fettle.search.TestSeed;
import org.fettle.search.numeric.Hypergeometric.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSeed.class)
class HypergeometricTest {

  @Test
  void knowsAllWhereAllWereLookedAt() {
    assertThat(Hypergeometric.interval(50, 50, 7, 0.95)).isEqualTo(new Interval(7, 7));
  }

  /**
   * By hand, a sample of 2 of 10: both are found with probability 2/90 where 2 are marked, 6/90
   * where 3 are; none with 2/90 where 8 are, 6/90 where 7 are.
   */
  @Test
  void leavesOutWhatIsImprobable() {
    assertThat(Hypergeometric.interval(10, 2, 2, 0.95)).isEqualTo(new Interval(3, 10));
    assertThat(Hypergeometric.interval(10, 2, 0, 0.95)).isEqualTo(new Interval(0, 7));
    assertThat(Hypergeometric.interval(10, 2, 2, 0.96)).isEqualTo(new Interval(2, 10));
  }

  /** Clopper and Pearson's interval for 4 of 20 is 0.0573 to 0.4366 of an infinite population. */
  @Test
  void nearsClopperAndPearsonInALargePopulation() {
    Interval interval = Hypergeometric.interval(100_000, 20, 4, 0.95);
    assertThat(interval.low()).isBetween(5_700, 5_760);
    assertThat(interval.high()).isBetween(43_640, 43_690);
  }

  /** 400 samples; with coverage 0.95 fewer than 360 hits have a probability below 10⁻⁵. */
  @Test
  void holdsTheTruthAsOftenAsItSays() {
    RandomGenerator random = Seeds.generator(TestSeed.value(), 0, "hypergeometric");
    int hits = 0;
    for (int i = 0; i < 400; i++) {
      int marked = random.nextInt(61);
      int found = 0;
      int left = marked;
      for (int k = 0; k < 15; k++) {
        if (random.nextInt(60 - k) < left) {
          found++;
          left--;
        }
      }
      Interval interval = Hypergeometric.interval(60, 15, found, 0.95);
      hits += interval.low() <= marked && marked <= interval.high() ? 1 : 0;
    }
    assertThat(hits).isGreaterThanOrEqualTo(360);
  }

  @Test
  void refusesImpossibleSamples() {
    assertThatThrownBy(() -> Hypergeometric.interval(5, 6, 0, 0.95))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Sample must be 1 to 5 with 0 to so many found, but was 6 with 0");
    assertThatThrownBy(() -> Hypergeometric.interval(5, 2, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Confidence must be between 0 and 1, but was 1.0");
  }
}
