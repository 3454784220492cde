package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fettle.search.TestSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSeed.class)
class RegressionForestTest {

  private static final List<ForestAxis> CELLS =
      List.of(new ForestAxis(4, true), new ForestAxis(3, false), new ForestAxis(5, true));

  private static double[] place(int a, int b, int c) {
    return new double[] {(a + 0.5) / 4, (b + 0.5) / 3, (c + 0.5) / 5};
  }

  private static RegressionForest some(int rows, int trees) {
    RandomGenerator random = Seeds.generator(TestSeed.value(), 0, "forest test");
    double[][] places = new double[rows][];
    double[] outputs = new double[rows];
    for (int i = 0; i < rows; i++) {
      int a = random.nextInt(4);
      int b = random.nextInt(3);
      int c = random.nextInt(5);
      places[i] = place(a, b, c);
      outputs[i] = a * a + (b == 1 ? c : 2 - a) + random.nextDouble();
    }
    return RegressionForest.grow(CELLS, places, outputs, trees, 1);
  }

  /** All 60 places of a grid, on which the marginals of a tree are plain means. */
  @Test
  void marginalsAreTheMeansOverAllPlaces() {
    RegressionForest forest = some(40, 1);
    double[][][] predicted = new double[4][3][5];
    double mean = 0;
    for (int a = 0; a < 4; a++) {
      for (int b = 0; b < 3; b++) {
        for (int c = 0; c < 5; c++) {
          predicted[a][b][c] = forest.predict(place(a, b, c));
          mean += predicted[a][b][c] / 60;
        }
      }
    }
    double variance = 0;
    double[] alone = new double[2];
    double both = 0;
    double[] byA = new double[4];
    double[] byB = new double[3];
    double[][] byAb = new double[4][3];
    for (int a = 0; a < 4; a++) {
      for (int b = 0; b < 3; b++) {
        for (int c = 0; c < 5; c++) {
          byA[a] += predicted[a][b][c] / 15;
          byB[b] += predicted[a][b][c] / 20;
          byAb[a][b] += predicted[a][b][c] / 5;
          variance += (predicted[a][b][c] - mean) * (predicted[a][b][c] - mean) / 60;
        }
        both += (byAb[a][b] - mean) * (byAb[a][b] - mean) / 12;
      }
      alone[0] += (byA[a] - mean) * (byA[a] - mean) / 4;
    }
    for (double value : byB) {
      alone[1] += (value - mean) * (value - mean) / 3;
    }
    TreeMarginals marginals = forest.marginals().get(0);
    assertThat(marginals.variance()).isCloseTo(variance, within(1e-12));
    assertThat(marginals.variance(0)).isCloseTo(alone[0], within(1e-12));
    assertThat(marginals.variance(1)).isCloseTo(alone[1], within(1e-12));
    assertThat(marginals.variance(0, 1)).isCloseTo(both - alone[0] - alone[1], within(1e-12));
    assertThat(marginals.at(1, new double[] {1 / 6.0, 0.5, 5 / 6.0}))
        .containsExactly(byB, within(1e-12));
    assertThat(marginals.at(0, 1, new double[] {0.1, 0.4, 0.6, 1}, new double[] {0, 0.5, 1}))
        .isDeepEqualTo(
            marginals.at(0, 1, new double[] {0, 0.3, 0.7, 0.9}, new double[] {0.2, 0.6, 0.9}))
        .satisfies(surface -> assertThat(surface[2]).containsExactly(byAb[2], within(1e-12)));
  }

  /** Bootstrap alone keeps a tree from giving back what it has learned. */
  @Test
  void learnsAStepInACertainPlace() {
    double[][] rows = new double[200][];
    double[] outputs = new double[200];
    for (int i = 0; i < 200; i++) {
      rows[i] = new double[] {(i + 0.5) / 200, (i * 7 % 200) / 200.0};
      outputs[i] = i < 60 ? -1 : 3;
    }
    List<ForestAxis> axes = List.of(ForestAxis.continuous(), ForestAxis.continuous());
    RegressionForest forest = RegressionForest.grow(axes, rows, outputs, 16, 5);
    assertThat(forest.predict(new double[] {0.28, 0.9})).isEqualTo(-1);
    assertThat(forest.predict(new double[] {0.32, 0.1})).isEqualTo(3);
    assertThat(forest.marginals())
        .allSatisfy(
            tree -> {
              assertThat(tree.variance()).isCloseTo(16 * 0.3 * 0.7, within(0.2));
              assertThat(tree.variance(0)).isCloseTo(tree.variance(), within(1e-12));
              assertThat(tree.variance(1)).isZero();
            });
  }

  @Test
  void equalArgumentsGiveEqualForests() {
    assertThat(some(100, 8).predict(place(1, 1, 1)))
        .isEqualTo(some(100, 8).predict(place(1, 1, 1)));
  }

  @Test
  void copesWithOneRowAndWithNoAxes() {
    double[][] one = {{0.5}};
    double[] output = {7};
    assertThat(
            RegressionForest.grow(List.of(ForestAxis.continuous()), one, output, 3, 1)
                .predict(new double[] {0.1}))
        .isEqualTo(7);
    assertThat(
            RegressionForest.grow(List.of(), new double[][] {{}}, output, 3, 1)
                .predict(new double[] {}))
        .isEqualTo(7);
  }

  @Test
  void refusesRowsWithoutOutputs() {
    assertThatThrownBy(() -> RegressionForest.grow(List.of(), new double[0][], new double[0], 3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Rows must be as many as outputs and at least one, but were 0 and 0");
    assertThatThrownBy(() -> new ForestAxis(0, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Axis must have cells or be continuous and ordered, but had 0 cells");
  }
}
