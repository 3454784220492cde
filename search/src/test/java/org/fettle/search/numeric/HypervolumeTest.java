package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HypervolumeTest {

  @Test
  void byHand() {
    assertThat(Hypervolume.of(new double[][] {{3}, {1}}, new double[] {4})).isEqualTo(3);
    double[][] stairs = {{1, 3}, {2, 2}, {3, 1}, {3, 3}};
    assertThat(Hypervolume.of(stairs, new double[] {4, 4})).isEqualTo(6);
    double[][] cubes = {{0, 1, 1}, {1, 0, 1}, {1, 1, 0}};
    assertThat(Hypervolume.of(cubes, new double[] {2, 2, 2})).isEqualTo(4);
    double[][] deep = {{0, 1, 1, 1}, {1, 0, 1, 1}, {1, 1, 0, 1}, {1, 1, 1, 0}};
    assertThat(Hypervolume.of(deep, new double[] {2, 2, 2, 2})).isEqualTo(5);
  }

  @Test
  void pointsBeyondTheReferenceAddNothing() {
    assertThat(Hypervolume.of(new double[0][], new double[] {1, 1})).isZero();
    double[][] beyond = {{0, 1}, {2, 0}, {0.5, 0.5}};
    assertThat(Hypervolume.of(beyond, new double[] {1, 1})).isEqualTo(0.25);
  }

  /** optuna._hypervolume.compute_hypervolume of Optuna 5.0.0, reference 1.1 everywhere. */
  @Test
  void agreesWithOptuna() {
    double[] expected = {
      1.1355190000000002,
      0.6797188080000003,
      0.5396324329680002,
      0.4694634783553233,
      0.4020648044040908
    };
    for (int width = 2; width <= 6; width++) {
      double[] reference = new double[width];
      Arrays.fill(reference, 1.1);
      assertThat(Hypervolume.of(points(40, width), reference))
          .isCloseTo(expected[width - 2], within(1e-12));
    }
  }

  private static double[][] points(int count, int width) {
    double[][] points = new double[count][width];
    for (int i = 1; i <= count; i++) {
      for (int j = 0; j < width; j++) {
        points[i - 1][j] = (i * 7919 + j * 104_729 + i * j % 13 * 31) % 1000 / 1000.0;
      }
    }
    return points;
  }

  @Test
  void refusesVectorsOfAnotherLength() {
    assertThatThrownBy(() -> Hypervolume.of(new double[][] {{1, 2, 3}}, new double[] {4, 4}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Vector must have 2 losses like the reference, but had 3");
  }
}
