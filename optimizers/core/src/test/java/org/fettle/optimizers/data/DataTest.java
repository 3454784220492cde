package org.fettle.optimizers.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DataTest {

  @Test
  void readsAMatrixRowAfterRow() {
    FloatMatrix matrix = new FloatMatrix(2, 3, new float[] {1, 2, 3, 4, 5, 6});
    assertThat(matrix.at(1, 0)).isEqualTo(4);
    assertThat(matrix.select(new int[] {1, 1, 0}).values())
        .containsExactly(4, 5, 6, 4, 5, 6, 1, 2, 3);
    assertThat(FloatMatrix.of(new float[] {1, 2, 3}, new float[] {4, 5, 6}).values())
        .containsExactly(matrix.values());
  }

  @Test
  void refusesAMatrixThatIsNotFull() {
    assertThatThrownBy(() -> new FloatMatrix(2, 2, new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Values must fill 2 rows of 2 columns, but were 3");
    assertThatThrownBy(() -> FloatMatrix.of(new float[2], new float[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Row 1 must have 2 columns, but had 1");
  }

  @Test
  void selectsTargetsWithTheirRows() {
    Examples examples =
        new Examples(new FloatMatrix(3, 1, new float[] {10, 20, 30}), new float[] {1, 2, 3});
    Examples selected = examples.select(new int[] {2, 0});
    assertThat(selected.features().values()).containsExactly(30, 10);
    assertThat(selected.targets()).containsExactly(3, 1);
  }

  @Test
  void refusesExamplesThatDoNotMatch() {
    FloatMatrix features = new FloatMatrix(3, 1, new float[3]);
    assertThatThrownBy(() -> new Examples(features, new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Targets must be as many as rows of features (3), but were 2");
    assertThatThrownBy(() -> new Examples(new FloatMatrix(0, 1, new float[0]), new float[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Examples must not be empty, but had 0 rows");
  }

  @Test
  void refusesAScalingThatCannotBeUndone() {
    assertThatThrownBy(() -> Scaling.ofFeatures(new float[1], new float[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Feature 0 deviation must be positive (1 where all values are equal), but was 0.0");
    Scaling scaling = Scaling.ofFeatures(new float[1], new float[] {1});
    assertThatThrownBy(() -> scaling.withTarget(0, Float.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Target deviation must be positive (1 where all values are equal), but was NaN");
    assertThatThrownBy(() -> Scaling.ofFeatures(new float[1], new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Feature deviations must be as many as means (1), but were 2");
  }

  @Test
  void givesAnOutputPerClassOrOne() {
    assertThat(new Task.Classification(4).outputs()).isEqualTo(4);
    assertThat(new Task.Regression().outputs()).isEqualTo(1);
    assertThatThrownBy(() -> new Task.Classification(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Classes must be at least 2, but were 1");
  }
}
