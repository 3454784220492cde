package org.fettle.search.suggest.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.fettle.search.TestSeed;
import org.fettle.search.numeric.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSeed.class)
final class BoxesTest {

  @Test
  void cutsTwoGoalsIntoStrips() {
    Boxes boxes =
        Boxes.outside(List.of(new double[] {1, 3}, new double[] {2, 1}), new double[] {4, 4});
    assertThat(boxes.size()).isEqualTo(3);
    assertThat(volume(boxes, new double[] {0, 0})).isCloseTo(16 - 7, offset(1e-12));
    assertThat(volume(boxes, new double[] {3, 3})).isZero();
  }

  @Test
  void everyPointOutsideTheFrontIsInOneBox() {
    RandomGenerator random = Seeds.generator(TestSeed.value(), 0, "boxes");
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      points.add(random.doubles(3).toArray());
    }
    List<double[]> front = Boxes.front(points).stream().map(points::get).toList();
    Boxes boxes = Boxes.outside(front, new double[] {1, 1, 1});
    for (int i = 0; i < 500; i++) {
      double[] y = random.doubles(3).toArray();
      boolean dominated = front.stream().anyMatch(f -> f[0] < y[0] && f[1] < y[1] && f[2] < y[2]);
      int inside = 0;
      for (int k = 0; k < boxes.size(); k++) {
        boolean in = true;
        for (int j = 0; j < 3; j++) {
          in &= boxes.low(k)[j] < y[j] && y[j] <= boxes.high(k)[j];
        }
        inside += in ? 1 : 0;
      }
      assertThat(inside).isEqualTo(dominated ? 0 : 1);
    }
  }

  @Test
  void keepsOneOfEqualPoints() {
    List<double[]> points = List.of(new double[] {1, 1}, new double[] {1, 1}, new double[] {2, 1});
    assertThat(Boxes.front(points)).containsExactly(0);
  }

  /** What a point would add. */
  private static double volume(Boxes boxes, double[] y) {
    double sum = 0;
    for (int k = 0; k < boxes.size(); k++) {
      double product = 1;
      for (int j = 0; j < y.length; j++) {
        product *= Math.max(0, boxes.high(k)[j] - Math.max(boxes.low(k)[j], y[j]));
      }
      sum += product;
    }
    return sum;
  }
}
