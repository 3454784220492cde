package org.fettle.search.suggest.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Condition;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.junit.jupiter.api.Test;

final class RegionTest {

  private static final Encoding ENCODING =
      new Encoding(
          SearchSpace.of(
              CategoricalParameter.of("model", "a", "b"),
              DoubleParameter.of("x", 0, 1, Scale.LINEAR),
              DoubleParameter.of("y", 0, 1, Scale.LINEAR),
              DoubleParameter.of("z", 0, 1, Scale.LINEAR).when(Condition.oneOf("model", "b"))));

  @Test
  void theWholeCubeChangesNothing() {
    Region whole = Region.whole(2);
    assertThat(whole.at(1, 0.3)).isEqualTo(0.3);
    assertThat(whole.clipped(0, 0.7)).isEqualTo(0.7);
  }

  @Test
  void isLongerWhereTheScaleIsAndEndsWithTheCube() {
    double[] point = {0.25, 0.5, 0.95, 0.5};
    Region region = Region.around(point, 0.2, new double[] {1, 2, 1, 0.5}, ENCODING);
    assertThat(region.low()).containsExactly(new double[] {0, 0.3, 0.85, 0.45}, offset(1e-12));
    assertThat(region.high()).containsExactly(new double[] {1, 0.7, 1, 0.55}, offset(1e-12));
    assertThat(region.clipped(1, 0.9)).isEqualTo(region.high()[1]);
    assertThat(region.at(1, 0.25)).isCloseTo(0.4, offset(1e-12));
  }

  @Test
  void leavesChoicesAndInactiveDimensionsFree() {
    double[] point = {0.25, 0.5, 0.5, Double.NaN};
    Region region = Region.around(point, 0.2, new double[] {1, 1, 1, 1}, ENCODING);
    assertThat(region.low()).containsExactly(new double[] {0, 0.4, 0.4, 0}, offset(1e-12));
    assertThat(region.high()).containsExactly(new double[] {1, 0.6, 0.6, 1}, offset(1e-12));
  }

  @Test
  void aspectsAreBounded() {
    double[] point = {0.25, 0.5, 0.5, 0.5};
    Region region = Region.around(point, 0.1, new double[] {1, 1e6, 1, 1e-6}, ENCODING);
    assertThat(region.high()[1] - region.low()[1]).isCloseTo(0.4, offset(1e-12));
    assertThat(region.high()[3] - region.low()[3]).isCloseTo(0.025, offset(1e-12));
  }
}
