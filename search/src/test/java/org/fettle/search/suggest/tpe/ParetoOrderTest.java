package org.fettle.search.suggest.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.fettle.search.TestSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestSeed.class)
class ParetoOrderTest {

  @Test
  void equalPointsShareAFront() {
    double[][] losses = {{1, 3}, {2, 2}, {3, 1}, {2, 2}, {2, 3}, {3, 3}};
    assertThat(ParetoOrder.fronts(losses)).containsExactly(0, 0, 0, 0, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void agreesWithPeelingOffFronts(int goals) {
    SplittableRandom random = new SplittableRandom(TestSeed.value());
    for (int study = 0; study < 50; study++) {
      double[][] losses = new double[40][goals];
      for (double[] point : losses) {
        for (int i = 0; i < goals; i++) {
          point[i] = random.nextInt(8);
        }
      }
      assertThat(ParetoOrder.fronts(losses)).isEqualTo(peeled(losses));
    }
  }

  private static int[] peeled(double[][] losses) {
    int[] fronts = new int[losses.length];
    java.util.Arrays.fill(fronts, Integer.MAX_VALUE);
    int left = losses.length;
    for (int front = 0; left > 0; front++) {
      for (int i = 0; i < losses.length; i++) {
        boolean free = fronts[i] == Integer.MAX_VALUE;
        for (int j = 0; j < losses.length && free; j++) {
          free = fronts[j] < front || !ParetoOrder.dominates(losses[j], losses[i]);
        }
        if (free) {
          fronts[i] = front;
          left--;
        }
      }
    }
    return fronts;
  }

  @Test
  void crowdingIsTheDistanceBetweenNeighbours() {
    double[][] losses = {{0, 10}, {2, 6}, {6, 2}, {10, 0}, {11, 11}};
    double infinite = Double.POSITIVE_INFINITY;
    assertThat(ParetoOrder.crowding(losses, new int[] {0, 0, 0, 0, 1}))
        .containsExactly(infinite, 0.6 + 0.8, 0.8 + 0.6, infinite, infinite);
  }

  /** The volume is [0, 11] × [0, 11]: columns of 2, 4, 4 and 1, of which each point has some. */
  @Test
  void sharesTheVolumeThatPointsDominate() {
    double[][] losses = {{0, 10}, {2, 6}, {6, 2}, {10, 0}, {11, 11}};
    double[] shares = ParetoOrder.shares(losses, new int[] {0, 0, 0, 0, 1}, 4);
    double[] expected = {
      (2 + 4 / 2.0 + 4 / 3.0 + 1 / 4.0) / 121,
      (4 * (4 + 1 / 2.0) + 4 * (4 / 2.0 + 1 / 3.0) + 4 / 3.0 + 1 / 4.0) / 121,
      (4 * (4 + 4 / 2.0 + 1 / 3.0) + 4 / 2.0 + 4 / 3.0 + 1 / 4.0) / 121,
      (2 + 4 / 2.0 + 4 / 3.0 + 1 / 4.0) / 121,
      0
    };
    for (int i = 0; i < expected.length; i++) {
      assertThat(shares[i]).as("point %d", i).isCloseTo(expected[i], within(0.005));
    }
  }

  @Test
  void twinsShareAndThePoorInAllButOneGoalHaveLittle() {
    double[][] losses = {{0, 9, 9}, {3, 3, 3}, {3, 3, 3}, {9, 0, 9}};
    double[] shares = ParetoOrder.shares(losses, new int[4], 4);
    assertThat(shares[1]).isEqualTo(shares[2]).isGreaterThan(4 * shares[0]);
  }

  @Test
  void noPointsHaveNoFronts() {
    assertThat(ParetoOrder.fronts(new double[0][])).isEmpty();
    assertThat(ParetoOrder.shares(new double[0][], new int[0], 3)).isEmpty();
  }
}
