package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.fettle.search.TestSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSeed.class)
class SymmetricEigenTest {

  @Test
  void byHand() {
    SymmetricEigen eigen = SymmetricEigen.of(new double[][] {{2, 1}, {1, 2}});
    double[] values = eigen.values().clone();
    Arrays.sort(values);
    assertThat(values).containsExactly(new double[] {1, 3}, within(1e-15));
    assertThat(SymmetricEigen.of(new double[][] {{5}}).values()).containsExactly(5);
    assertThat(SymmetricEigen.of(new double[0][0]).values()).isEmpty();
  }

  @Test
  void rebuildsRandomMatrices() {
    for (int size : new int[] {3, 10, 40}) {
      RandomGenerator random = Seeds.generator(TestSeed.value(), size, "eigen");
      double[][] matrix = new double[size][size];
      for (int i = 0; i < size; i++) {
        for (int j = 0; j <= i; j++) {
          matrix[i][j] = random.nextGaussian();
          matrix[j][i] = matrix[i][j];
        }
      }
      SymmetricEigen eigen = SymmetricEigen.of(matrix);
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          double rebuilt = 0;
          double product = 0;
          for (int k = 0; k < size; k++) {
            rebuilt += eigen.vectors()[i][k] * eigen.values()[k] * eigen.vectors()[j][k];
            product += eigen.vectors()[k][i] * eigen.vectors()[k][j];
          }
          assertThat(rebuilt).isCloseTo(matrix[i][j], within(1e-12));
          assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-12));
        }
      }
    }
  }

  @Test
  void findsSmallValuesBesideLargeOnes() {
    double[][] matrix = {{1e12, 1e3}, {1e3, 1.000001}};
    double[] values = SymmetricEigen.of(matrix).values().clone();
    Arrays.sort(values);
    assertThat(values[0]).isCloseTo(1, within(1e-12));
  }
}
