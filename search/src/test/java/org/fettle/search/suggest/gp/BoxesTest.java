package org.fettle.search.suggest.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
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
    inOneBox(3);
    inOneBox(4);
  }

  private static void inOneBox(int goals) {
    RandomGenerator random = Seeds.generator(TestSeed.value(), 0, "boxes");
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      points.add(random.doubles(goals).toArray());
    }
    List<double[]> front = Boxes.front(points).stream().map(points::get).toList();
    Boxes boxes = Boxes.outside(front, DoubleStream.generate(() -> 1).limit(goals).toArray());
    for (int i = 0; i < 500; i++) {
      double[] y = random.doubles(goals).toArray();
      boolean dominated =
          front.stream().anyMatch(f -> IntStream.range(0, goals).allMatch(j -> f[j] < y[j]));
      int inside = 0;
      for (int k = 0; k < boxes.size(); k++) {
        boolean in = true;
        for (int j = 0; j < goals; j++) {
          in &= boxes.low(k)[j] < y[j] && y[j] <= boxes.high(k)[j];
        }
        inside += in ? 1 : 0;
      }
      assertThat(inside).isEqualTo(dominated ? 0 : 1);
    }
  }

  /** Cut slab by slab, the front of 40 points would make some 400. */
  @Test
  void threeGoalsMakeTwiceAsManyBoxesAsPoints() {
    RandomGenerator random = Seeds.generator(TestSeed.value(), 0, "boxes");
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      double[] point = random.doubles(3).toArray();
      double sum = point[0] + point[1] + point[2];
      points.add(new double[] {point[0] / sum, point[1] / sum, point[2] / sum});
    }
    assertThat(Boxes.front(points)).hasSize(40);
    assertThat(Boxes.outside(points, new double[] {1, 1, 1}).size()).isLessThanOrEqualTo(81);
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
