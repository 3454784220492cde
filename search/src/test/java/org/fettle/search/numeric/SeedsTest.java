package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.fettle.search.TestSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSeed.class)
class SeedsTest {

  // A change of these numbers changes every suggestion of every study that is resumed.
  @Test
  void keepsItsNumbersForEver() {
    assertThat(Seeds.derive(0, 0, "")).isEqualTo(-6411193824288604561L);
    assertThat(Seeds.derive(42, 7, "suggest/random")).isEqualTo(5741155914491053420L);
    assertThat(Seeds.generator(42, 7, "suggest/random").nextDouble()).isEqualTo(0.4969174188311133);
  }

  @Test
  void differsInEachPart() {
    Set<Long> seeds = new HashSet<>();
    for (long study = -20; study < 20; study++) {
      for (long trial = 0; trial < 50; trial++) {
        for (String purpose : new String[] {"", "a", "b", "ab", "ba"}) {
          seeds.add(Seeds.derive(study, trial, purpose));
        }
      }
    }
    assertThat(seeds).hasSize(40 * 50 * 5);
  }

  // n = 2000 each, α = 0.001: the first draws over trials, studies and purposes are uniform.
  @Test
  void firstDrawsAreUniformAlongEachPart() {
    double[] trials = new double[2000];
    double[] studies = new double[2000];
    double[] purposes = new double[2000];
    for (int i = 0; i < 2000; i++) {
      trials[i] = Seeds.generator(TestSeed.value(), i, "test").nextDouble();
      studies[i] = Seeds.generator(TestSeed.value() + i, 0, "test").nextDouble();
      purposes[i] = Seeds.generator(TestSeed.value(), 0, "test" + i).nextDouble();
    }
    assertThat(Significance.uniform(trials)).isGreaterThan(0.001);
    assertThat(Significance.uniform(studies)).isGreaterThan(0.001);
    assertThat(Significance.uniform(purposes)).isGreaterThan(0.001);
  }

  // n = 10,000 pairs in 8 × 8 cells, α = 0.001: a trial says nothing of the next.
  @Test
  void neighboursAreIndependent() {
    long[] observed = new long[64];
    double before = Seeds.generator(TestSeed.value(), 0, "test").nextDouble();
    for (int i = 1; i <= 10_000; i++) {
      double next = Seeds.generator(TestSeed.value(), i, "test").nextDouble();
      observed[(int) (before * 8) * 8 + (int) (next * 8)]++;
      before = next;
    }
    double[] expected = new double[64];
    java.util.Arrays.fill(expected, 10_000 / 64.0);
    assertThat(Significance.chiSquared(observed, expected)).isGreaterThan(0.001);
  }
}
