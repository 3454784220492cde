package org.fettle.search.suggest.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class HeadwayTest {

  private static final int DESIGN = 4;

  /** Four trials whose median is 4, and what came after. */
  private static double[] losses(double... after) {
    return DoubleStream.concat(DoubleStream.of(4, 1, 2, 8), Arrays.stream(after)).toArray();
  }

  private static double[] times(int count, double loss) {
    double[] losses = new double[count];
    Arrays.fill(losses, loss);
    return losses;
  }

  @Test
  void stallsWhenTwentyTrialsGainNoHundredthOfTheWay() {
    assertThat(new Headway(losses(times(17, 1)), DESIGN).stalled()).isFalse();
    assertThat(new Headway(losses(times(18, 1)), DESIGN).stalled()).isTrue();
    assertThat(new Headway(losses(times(18, 0.98)), DESIGN).stalled()).isTrue();
    assertThat(new Headway(losses(times(18, 0.96)), DESIGN).stalled()).isFalse();
  }

  @Test
  void doesNotStallWhereAllLossesAreEqual() {
    assertThat(new Headway(times(30, 7), DESIGN).stalled()).isFalse();
  }

  @Test
  void demandsATwentiethOfTheWayFromTheFirstTrialsToTheBest() {
    assertThat(new Headway(losses(0), DESIGN).demanded()).isCloseTo(0.05 * 4, offset(1e-15));
  }

  @Test
  void isTheSameInAnyUnit() {
    double[] losses = losses(0.9, 0.5, 3, 3, 3, 3, 3, 3, 0.4, 5, 5, 5, 5, 5);
    double[] other = Arrays.stream(losses).map(loss -> 1000 * loss - 7).toArray();
    assertThat(new Headway(other, DESIGN).side(2)).isEqualTo(new Headway(losses, DESIGN).side(2));
    assertThat(new Headway(other, DESIGN).stalled())
        .isEqualTo(new Headway(losses, DESIGN).stalled());
  }

  @Test
  void theSideDoublesAfterThreeGainsAndHalvesAfterAsManyDefeatsAsDimensions() {
    assertThat(new Headway(losses(), DESIGN).side(5)).isEqualTo(0.8);
    assertThat(new Headway(losses(0.9, 0.8), DESIGN).side(5)).isEqualTo(0.8);
    assertThat(new Headway(losses(0.9, 0.8, 0.7), DESIGN).side(5)).isEqualTo(1.6);
    assertThat(new Headway(losses(0.9, 0.8, 0.7, 0.6, 0.5, 0.4), DESIGN).side(5)).isEqualTo(1.6);
    assertThat(new Headway(losses(times(4, 3)), DESIGN).side(5)).isEqualTo(0.8);
    assertThat(new Headway(losses(times(5, 3)), DESIGN).side(5)).isEqualTo(0.4);
    assertThat(new Headway(losses(times(4, 3)), DESIGN).side(1)).isEqualTo(0.4);
    assertThat(new Headway(losses(3, 3, 0.5, 3, 3, 3), DESIGN).side(4)).isEqualTo(0.8);
  }

  @Test
  void aRegionThatGotTooShortStartsAgain() {
    assertThat(new Headway(losses(times(4 * 6, 3)), DESIGN).side(4)).isEqualTo(0.8 / 64);
    assertThat(new Headway(losses(times(4 * 7, 3)), DESIGN).side(4)).isEqualTo(0.8);
  }
}
