package org.fettle.search.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Against ScottParzenEstimator of Optuna 5.0.0 with a prior of weight 1. */
class ScottParzenTest {

  private static final Offset<Double> CLOSE = within(3e-7);

  @Test
  void orderedCellsAgreeWithOptuna() {
    assertThat(ScottParzen.ordered(new int[] {0, 3, 1, 0, 0, 5, 2, 0}))
        .containsExactly(
            new double[] {
              0.08287846008808272,
              0.11406016371222646,
              0.11247458406423874,
              0.1094630102048401,
              0.14306667394252356,
              0.18006451549521216,
              0.16114582821089396,
              0.09684676428198233
            },
            CLOSE);
    assertThat(ScottParzen.ordered(new int[] {0, 0, 2, 0, 0}))
        .containsExactly(
            new double[] {
              0.06402592793299135,
              0.10163928781497557,
              0.6686695685040661,
              0.10163928781497557,
              0.06402592793299135
            },
            CLOSE);
  }

  @Test
  void unorderedCellsAgreeWithOptuna() {
    assertThat(ScottParzen.unordered(new int[] {3, 0, 1}))
        .containsExactly(new double[] {0.5, 0.2, 0.3}, within(1e-12));
    assertThat(ScottParzen.unordered(new int[] {5, 2}))
        .containsExactly(new double[] {0.6125, 0.3875}, within(1e-12));
  }

  @Test
  void sumsUpToOne() {
    assertThat(Arrays.stream(ScottParzen.ordered(new int[] {9, 0, 0, 40, 1})).sum())
        .isCloseTo(1, within(1e-12));
    assertThat(Arrays.stream(ScottParzen.ordered(new int[3])).sum()).isCloseTo(1, within(1e-12));
  }
}
