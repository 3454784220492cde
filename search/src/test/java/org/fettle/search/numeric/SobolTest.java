package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SobolTest {

  /** scipy.stats.qmc.Sobol(1111, scramble=False) of SciPy 1.17.1. */
  @Test
  void agreesWithSciPyBitForBit() {
    assertThat(plain(0, 0, 1, 2)).containsExactly(0, 0, 0);
    assertThat(plain(1, 0, 1, 2)).containsExactly(0.5, 0.5, 0.5);
    assertThat(plain(2, 0, 1, 2, 3)).containsExactly(0.75, 0.25, 0.25, 0.25);
    assertThat(plain(5, 0, 1, 2, 3, 4, 5, 6, 7))
        .containsExactly(0.875, 0.875, 0.125, 0.375, 0.875, 0.625, 0.875, 0.375);
    assertThat(plain(1000, 0, 1, 2, 10, 100, 500, 1110))
        .containsExactly(
            0.2197265625,
            0.0966796875,
            0.5185546875,
            0.0849609375,
            0.7685546875,
            0.7255859375,
            0.3701171875);
    assertThat(plain(4095, 0, 1, 7, 1110))
        .containsExactly(0.000244140625, 0.941162109375, 0.390869140625, 0.338623046875);
  }

  private static double[] plain(long index, int... dimensions) {
    return Arrays.stream(dimensions).mapToDouble(d -> Sobol.coordinate(d, index)).toArray();
  }

  @Test
  void scramblingKeepsEveryDimensionStratified() {
    for (int dimension : new int[] {0, 1, 2, 57, 1110}) {
      int[] cells =
          IntStream.range(0, 256)
              .map(i -> (int) (256 * scrambled(dimension, i, 7)))
              .sorted()
              .toArray();
      assertThat(cells).containsExactly(IntStream.range(0, 256).toArray());
    }
  }

  @Test
  void scramblingKeepsTheFirstTwoDimensionsANet() {
    for (int bits = 0; bits <= 6; bits++) {
      int wide = 1 << bits;
      int high = 1 << (6 - bits);
      long boxes =
          IntStream.range(0, 64)
              .map(i -> (int) (wide * scrambled(0, i, 3)) * 64 + (int) (high * scrambled(1, i, 3)))
              .distinct()
              .count();
      assertThat(boxes).isEqualTo(64);
    }
  }

  @Test
  void aScrambledPointIsUniformOverTheSeeds() {
    int[] counts = new int[16];
    for (int seed = 0; seed < 16_000; seed++) {
      counts[(int) (16 * scrambled(2, 5, seed))]++;
    }
    // χ² with 15 degrees of freedom passes 37.7 once in a thousand; seeds 0 to 15,999.
    double chiSquare =
        Arrays.stream(counts).mapToDouble(n -> (n - 1000.0) * (n - 1000) / 1000).sum();
    assertThat(chiSquare).isLessThan(37.7);
  }

  private static double scrambled(int dimension, long index, long seed) {
    return Sobol.scrambled(dimension, index, seed);
  }

  @Test
  void refusesADimensionWithoutDirectionNumbers() {
    assertThatThrownBy(() -> Sobol.coordinate(1111, 0))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("1111");
  }
}
