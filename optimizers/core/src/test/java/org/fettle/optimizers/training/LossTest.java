package org.fettle.optimizers.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.training.Loss.ClassWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LossTest {

  private static final float[] CLASSES = {0, 1, 1, 2};
  private static final float[] VALUES = {1};

  /** A loss, sums, the target, and the loss by hand. */
  static Stream<Arguments> rows() {
    double log = Math.log(Math.exp(1) + Math.exp(-0.5) + Math.exp(0.25));
    return Stream.of(
        row(new Loss.CrossEntropy(ClassWeights.NONE, 0), 2, log - 0.25, 1, -0.5, 0.25),
        // Of four rows of three classes: 4 / (3 · 1) for the last class.
        row(
            new Loss.CrossEntropy(ClassWeights.BALANCED, 0),
            2,
            4 / 3.0 * (log - 0.25),
            1,
            -0.5,
            0.25),
        row(
            new Loss.CrossEntropy(ClassWeights.BALANCED, 0),
            1,
            2 / 3.0 * (log + 0.5),
            1,
            -0.5,
            0.25),
        row(
            new Loss.CrossEntropy(ClassWeights.NONE, 0.3),
            0,
            log - 0.7 * 1 - 0.1 * (1 - 0.5 + 0.25),
            1,
            -0.5,
            0.25),
        row(new Loss.Hinge(false), 2, 1.75, 1, -0.5, 0.25),
        row(new Loss.Hinge(false), 0, 0.25, 1, -0.5, 0.25),
        row(new Loss.Hinge(false), 0, 0, 3, -0.5, 0.25),
        row(new Loss.Hinge(true), 2, 1.75 * 1.75, 1, -0.5, 0.25),
        row(new Loss.Hinge(true), 0, 0, 3, -0.5, 0.25),
        row(new Loss.MeanSquaredError(), 2, 2.25, 0.5),
        row(new Loss.MeanAbsoluteError(), 2, 1.5, 0.5),
        row(new Loss.MeanAbsoluteError(), -2, 2.5, 0.5),
        row(new Loss.Huber(2), 2, 1.125, 0.5),
        row(new Loss.Huber(1), 2, 1, 0.5),
        row(new Loss.Huber(0.5), -2, 0.5 * (2.5 - 0.25), 0.5),
        row(new Loss.Poisson(), 3, Math.exp(0.5) - 1.5, 0.5));
  }

  private static Arguments row(Loss loss, double target, double expected, double... sums) {
    return Arguments.of(loss, (float) target, expected, sums);
  }

  private static double loss(Loss loss, float target, double... sums) {
    return gradient(loss, target, 1, floats(sums));
  }

  private static double gradient(Loss loss, float target, float weight, float[] sums) {
    RowLoss row = loss.on(sums.length > 1 ? CLASSES : VALUES, sums.length);
    return row.gradient(sums, 0, 1, sums.length, target, weight);
  }

  private static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isWhatTheFormulaSays(Loss loss, float target, double expected, double[] sums) {
    assertThat(loss(loss, target, sums)).isCloseTo(expected, within(1e-6));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void hasTheGradientThatDifferencesGive(Loss loss, float target, double expected, double[] sums) {
    float[] gradient = floats(sums);
    gradient(loss, target, 0.5f, gradient);
    double step = 0x1p-10;
    for (int i = 0; i < sums.length; i++) {
      double[] above = sums.clone();
      above[i] += step;
      double[] below = sums.clone();
      below[i] -= step;
      double difference = (loss(loss, target, above) - loss(loss, target, below)) / (2 * step);
      assertThat((double) gradient[i]).as("sum %d", i).isCloseTo(0.5 * difference, within(2e-4));
    }
  }

  @Test
  void readsAndWritesNoOtherSums() {
    float[] sums = {9, 1, 9, 2, 9, 3, 9};
    float[] alone = {1, 2, 3};
    RowLoss loss = Loss.of(new Task.Classification(3)).on(CLASSES, 3);
    assertThat(loss.gradient(sums, 1, 2, 3, 1, 1)).isEqualTo(loss.gradient(alone, 0, 1, 3, 1, 1));
    assertThat(sums).containsExactly(9, alone[0], 9, alone[1], 9, alone[2], 9);
  }

  @Test
  void balancedClassesWeighOneInTheMeanAndAbsentOnesNothing() {
    float[] targets = {0, 0, 0, 2};
    float[] weights = ClassWeights.BALANCED.of(targets, 3);
    assertThat(weights).containsExactly(new float[] {4 / 6f, 0, 2}, within(1e-6f));
    double sum = 0;
    for (float target : targets) {
      sum += weights[(int) target];
    }
    assertThat(sum / targets.length).isCloseTo(1, within(1e-6));
  }

  @Test
  void doesNotHideWhatIsNoNumber() {
    for (Loss loss :
        new Loss[] {
          Loss.of(new Task.Classification(3)), new Loss.Hinge(false), new Loss.Hinge(true)
        }) {
      for (int i = 0; i < 3; i++) {
        double[] sums = {1, 2, 3};
        sums[i] = Double.NaN;
        assertThat(loss(loss, 1, sums)).as("%s, sum %d", loss, i).isNaN();
      }
    }
    for (Loss loss :
        new Loss[] {
          new Loss.MeanSquaredError(),
          new Loss.MeanAbsoluteError(),
          new Loss.Huber(1),
          new Loss.Poisson()
        }) {
      assertThat(loss(loss, 1, Double.NaN)).as("%s", loss).isNaN();
    }
  }

  @Test
  void predictionsComeFromTheLink() {
    float[] sums = {7, 0, (float) Math.log(3), 7};
    Loss.Link.SOFTMAX.apply(sums, 1, 2);
    assertThat(sums).containsExactly(new float[] {7, 0.25f, 0.75f, 7}, within(1e-6f));
    Loss.Link.EXP.apply(sums, 0, 1);
    assertThat(sums[0]).isEqualTo((float) Math.exp(7));
    float[] before = sums.clone();
    Loss.Link.IDENTITY.apply(sums, 0, 4);
    assertThat(sums).isEqualTo(before);
  }

  @Test
  void refusesTargetsThatItCannotTake() {
    assertThatThrownBy(() -> new Loss.Poisson().check(1, new float[] {0, -1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Target of row 1 must be at least 0 for poisson, but was -1.0");
    assertThatThrownBy(() -> new Loss.Hinge(false).check(3, new float[] {3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Target of row 0 must be a class from 0 to 2, but was 3.0");
    assertThatThrownBy(() -> new Loss.Huber(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Delta must be positive, but was 0.0");
    assertThat(Arrays.stream(new Loss[] {new Loss.Huber(1), new Loss.MeanAbsoluteError()}))
        .allSatisfy(loss -> assertThat(loss.suits(new Task.Classification(2))).isFalse());
  }
}
