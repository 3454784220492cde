package org.fettle.search.suggest.tpe;

import static org.assertj.core.api.Assertions.assertThat;

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

  @Test
  void noPointsHaveNoFronts() {
    assertThat(ParetoOrder.fronts(new double[0][])).isEmpty();
    assertThat(ParetoOrder.crowding(new double[0][], new int[0])).isEmpty();
  }
}
