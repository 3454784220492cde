package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.fettle.search.TestSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSeed.class)
class DominanceTest {

  @Test
  void dominatesWhereNoWorseAndSomewhereBetter() {
    assertThat(Dominance.dominates(new double[] {1, 2}, new double[] {1, 3})).isTrue();
    assertThat(Dominance.dominates(new double[] {1, 2}, new double[] {1, 2})).isFalse();
    assertThat(Dominance.dominates(new double[] {1, 2}, new double[] {2, 1})).isFalse();
  }

  @Test
  void ranksByHand() {
    double[][] losses = {{1, 4}, {2, 2}, {4, 1}, {2, 5}, {3, 3}, {5, 5}, {2, 2}};
    assertThat(Dominance.ranks(losses)).containsExactly(0, 0, 0, 1, 1, 2, 0);
    assertThat(Dominance.front(losses)).containsExactly(0, 1, 2, 6);
    assertThat(Dominance.ranks(new double[0][])).isEmpty();
  }

  @Test
  void agreesWithPeelingOffFronts() {
    for (int width = 1; width <= 4; width++) {
      for (int round = 0; round < 20; round++) {
        RandomGenerator random = Seeds.generator(TestSeed.value(), round, "dominance" + width);
        double[][] losses = new double[40][width];
        for (double[] vector : losses) {
          Arrays.setAll(vector, i -> random.nextInt(8));
        }
        assertThat(Dominance.ranks(losses)).isEqualTo(peeled(losses));
      }
    }
  }

  private static int[] peeled(double[][] losses) {
    int[] ranks = new int[losses.length];
    Arrays.fill(ranks, Integer.MAX_VALUE);
    for (int rank = 0; rank < losses.length; rank++) {
      int current = rank;
      for (int i = 0; i < losses.length; i++) {
        int me = i;
        boolean left = ranks[i] >= rank;
        boolean dominated = false;
        for (int other = 0; other < losses.length; other++) {
          dominated |= ranks[other] >= rank && Dominance.dominates(losses[other], losses[me]);
        }
        if (left && !dominated) {
          ranks[me] = current;
        }
      }
    }
    return ranks;
  }

  @Test
  void crowdsByTheGapBetweenNeighbours() {
    double[][] front = {{0, 10}, {1, 6}, {4, 4}, {10, 0}};
    double[] crowding = Dominance.crowding(front);
    assertThat(crowding[0]).isInfinite();
    assertThat(crowding[1]).isCloseTo(0.4 + 0.6, within(1e-12));
    assertThat(crowding[2]).isCloseTo(0.9 + 0.6, within(1e-12));
    assertThat(crowding[3]).isInfinite();
    double[][] wide = {{-1e308, 1e308}, {0, 0}, {1e308, -1e308}};
    assertThat(Dominance.crowding(wide)[1]).isCloseTo(2, within(1e-12));
  }
}
