package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

final class BoundedMinimizerTest {

  @Test
  void findsTheMinimumOfRosenbrocksValley() {
    BoundedMinimizer.Minimum minimum =
        minimize(BoundedMinimizerTest::rosenbrock, new double[] {-1.2, 1}, -5, 5);
    assertThat(minimum.point()[0]).isCloseTo(1, offset(1e-5));
    assertThat(minimum.point()[1]).isCloseTo(1, offset(1e-5));
    assertThat(minimum.evaluations()).isLessThan(200);
  }

  @Test
  void stopsAtTheBounds() {
    // Within [−5, ½]² the valley ends at (½, ¼).
    BoundedMinimizer.Minimum minimum =
        minimize(BoundedMinimizerTest::rosenbrock, new double[] {-1.2, 9}, -5, 0.5);
    assertThat(minimum.point()[0]).isEqualTo(0.5);
    assertThat(minimum.point()[1]).isCloseTo(0.25, offset(1e-5));
    assertThat(minimum.value()).isCloseTo(0.25, offset(1e-8));
  }

  @Test
  void backsOffFromValuesThatAreNotFinite() {
    BoundedMinimizer.Function logarithm =
        (point, gradient) -> {
          gradient[0] = 1 - 1 / point[0];
          return point[0] - Math.log(point[0]);
        };
    assertThat(minimize(logarithm, new double[] {9}, -5, 9).point()[0]).isCloseTo(1, offset(1e-5));
  }

  private static BoundedMinimizer.Minimum minimize(
      BoundedMinimizer.Function function, double[] start, double from, double to) {
    double[] low = new double[start.length];
    double[] high = new double[start.length];
    java.util.Arrays.fill(low, from);
    java.util.Arrays.fill(high, to);
    return BoundedMinimizer.minimize(function, start, low, high, 1e-7, 200);
  }

  private static double rosenbrock(double[] x, double[] gradient) {
    double valley = x[1] - x[0] * x[0];
    gradient[0] = -400 * x[0] * valley - 2 * (1 - x[0]);
    gradient[1] = 200 * valley;
    return 100 * valley * valley + (1 - x[0]) * (1 - x[0]);
  }
}
