package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.random.RandomGenerator;
import org.fettle.search.TestSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSeed.class)
final class CholeskyFactorTest {

  @Test
  void factorsByHand() {
    CholeskyFactor factor = of(new double[][] {{4, 2, -2}, {2, 10, 2}, {-2, 2, 6}}, 3);
    assertThat(factor.at(0, 0)).isEqualTo(2);
    assertThat(factor.at(1, 0)).isEqualTo(1);
    assertThat(factor.at(1, 1)).isEqualTo(3);
    assertThat(factor.at(2, 0)).isEqualTo(-1);
    assertThat(factor.at(2, 1)).isEqualTo(1);
    assertThat(factor.at(2, 2)).isEqualTo(2);
    assertThat(factor.logDeterminant()).isCloseTo(Math.log(144), offset(1e-12));
  }

  @Test
  void solvesAndInverts() {
    double[][] a = positive(23);
    CholeskyFactor factor = of(a, 23);
    double[][] inverse = factor.inverse();
    for (int k = 0; k < 23; k++) {
      double[] unit = new double[23];
      unit[k] = 1;
      factor.forward(unit);
      factor.backward(unit);
      for (int i = 0; i < 23; i++) {
        assertThat(inverse[i][k]).isCloseTo(unit[i], offset(1e-12));
        double product = 0;
        for (int j = 0; j < 23; j++) {
          product += a[i][j] * unit[j];
        }
        assertThat(product).isCloseTo(i == k ? 1 : 0, offset(1e-10));
      }
    }
  }

  @Test
  void anExtendedCopyEqualsTheWholeToTheLastBit() {
    double[][] a = positive(40);
    CholeskyFactor whole = of(a, 40);
    CholeskyFactor part = of(a, 17);
    CholeskyFactor extended = part.copy();
    for (int i = 17; i < 40; i++) {
      extended.extend(a[i], a[i][i]);
    }
    assertThat(part.size()).isEqualTo(17);
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j <= i; j++) {
        assertThat(extended.at(i, j)).isEqualTo(whole.at(i, j));
      }
    }
  }

  @Test
  void raisesThePivotOfARepeatedRow() {
    CholeskyFactor factor = of(new double[][] {{1, 1}, {1, 1}}, 2);
    assertThat(factor.at(1, 1)).isEqualTo(1e-6);
  }

  private static CholeskyFactor of(double[][] a, int rows) {
    CholeskyFactor factor = CholeskyFactor.empty();
    for (int i = 0; i < rows; i++) {
      factor.extend(a[i], a[i][i]);
    }
    return factor;
  }

  /** B·Bᵀ + I with B random. */
  private static double[][] positive(int n) {
    RandomGenerator random = Seeds.generator(TestSeed.value(), n, "positive");
    double[][] b = new double[n][n];
    for (double[] row : b) {
      for (int j = 0; j < n; j++) {
        row[j] = random.nextDouble() - 0.5;
      }
    }
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i][j] = i == j ? 1 : 0;
        for (int k = 0; k < n; k++) {
          a[i][j] += b[i][k] * b[j][k];
        }
      }
    }
    return a;
  }
}
