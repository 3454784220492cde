package org.fettle.search.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of an option with three parameters in a study of 32 trials, unless said otherwise. */
final class ProspectsTest {

  private static boolean promising(double best, double... losses) {
    return Prospects.promising(losses, losses.length, 3, best, 32);
  }

  @Test
  void givesAnOptionSomeTrialsHoweverPoorItLooks() {
    assertThat(promising(0, 9, 9, 9, 9, 9, 9, 9)).isTrue();
    assertThat(promising(0, 9, 9, 9, 9, 9, 9, 9, 9)).isFalse();
  }

  @Test
  void countsTrialsWithoutALoss() {
    assertThat(Prospects.promising(new double[0], 7, 3, 0, 32)).isTrue();
    assertThat(Prospects.promising(new double[0], 8, 3, 0, 32)).isFalse();
  }

  @Test
  void givesMoreTrialsToOptionsWithMoreParametersAndToLongStudies() {
    double[] losses = IntStream.range(0, 12).mapToDouble(i -> 9).toArray();
    assertThat(Prospects.promising(losses, 12, 3, 0, 32)).isFalse();
    assertThat(Prospects.promising(losses, 12, 10, 0, 32)).isTrue();
    assertThat(Prospects.promising(losses, 12, 3, 0, 128)).isTrue();
  }

  @Test
  void staysWithAnOptionThatCatchesUp() {
    assertThat(promising(1, 9, 9, 9, 9, 8, 7, 6, 4)).isTrue();
    assertThat(promising(1, 9, 9, 9, 9, 8, 8, 8, 7)).isFalse();
  }

  /** The suggester looks there anyway. */
  @Test
  void leavesOutTheOptionThatIsAhead() {
    assertThat(promising(1, 9, 8, 7, 6, 5, 4, 3, 1)).isFalse();
  }
}
