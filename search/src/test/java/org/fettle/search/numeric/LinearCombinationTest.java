package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinearCombinationTest {

  /** Five columns are one group of four and one more; 9 + 1·2 + 2·3 + 3·4 + 4·5 + 5·6 = 79. */
  @Test
  void addsEachColumnTimesItsFactor() {
    double[][] columns = {{0, 2, 1}, {0, 3, 1}, {0, 4, 1}, {0, 5, 1}, {0, 6, 1}};
    double[] sums = {9, 8, 7};
    LinearCombination.add(columns, new double[] {1, 2, 3, 4, 5}, 1, 2, sums);
    assertThat(sums).containsExactly(79, 23, 7);
  }
}
