package org.fettle.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.fettle.search.TestSeed;
import org.fettle.search.suggest.TestSpaces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(TestSeed.class)
class UnitCubeTest {

  @ParameterizedTest
  @MethodSource("org.fettle.search.suggest.TestSpaces#all")
  void givesBackEveryAssignmentThatItGave(SearchSpace space) {
    RandomGenerator random = new SplittableRandom(TestSeed.value());
    UnitCube cube = new UnitCube(space);
    for (int i = 0; i < 200; i++) {
      double[] point = random.doubles(cube.dimensions()).toArray();
      Assignment assignment = cube.decode(point);
      assertThat(cube.decode(cube.encode(assignment))).isEqualTo(assignment);
    }
  }

  @Test
  void marksInactiveDimensions() {
    SearchSpace space = TestSpaces.tinyConditional();
    UnitCube cube = new UnitCube(space);
    assertThat(cube.dimensions()).isEqualTo(3);
    assertThat(cube.encode(Assignment.of("regularise", false)))
        .containsExactly(0.25, Double.NaN, Double.NaN);
    assertThat(cube.decode(new double[] {0, Double.NaN, 7}))
        .isEqualTo(Assignment.of("regularise", false));
  }

  @Test
  void refusesWhatIsNotAValue() {
    UnitCube cube = new UnitCube(TestSpaces.tinyConditional());
    assertThatThrownBy(() -> cube.encode(Assignment.of("regularise", "maybe")))
        .hasMessage("Parameter regularise must be one of [false, true], but was maybe");
    assertThatThrownBy(() -> cube.decode(new double[] {1, Double.NaN, 0}))
        .hasMessage("Place of norm must be in [0, 1], but was NaN");
  }
}
