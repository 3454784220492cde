package org.fettle.optimizers.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fettle.optimizers.engine.Updaters;
import org.fettle.optimizers.training.ParameterBlock.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UpdaterTest {

  private static final int SIZE = 37;

  static Stream<Updater> updaters() {
    return Updaters.all();
  }

  private static Descent descent(Updater updater, float[] parameters) {
    TrainingSpec spec = TrainingSpec.of(updater, new Loss.MeanSquaredError(), 1, 1);
    return new Descent(
        spec, List.of(new ParameterBlock(Role.OTHERS, 0, parameters.length, 1)), parameters);
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void stepsAsTheFormulaSaysAlsoWhereTheRateChanges(Updater updater) {
    SplittableRandom random = new SplittableRandom(5);
    double[] expected =
        IntStream.range(0, SIZE).mapToDouble(i -> (float) random.nextDouble()).toArray();
    float[] parameters = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      parameters[i] = (float) expected[i];
    }
    Descent descent = descent(updater, parameters);
    UpdaterReference reference = new UpdaterReference(updater, SIZE);
    for (int step = 0; step < 40; step++) {
      double[] gradient = new double[SIZE];
      for (int i = 0; i < SIZE; i++) {
        // Gradients of all sizes, and for some parameters none in the first steps.
        boolean none = i % 5 == 0 && step < 10;
        gradient[i] = none ? 0 : (float) (random.nextGaussian() * Math.pow(10, i % 7 - 5));
        descent.gradients()[i] = (float) gradient[i];
      }
      double factor = 1.0 / (1 + step % 3);
      descent.step(factor);
      reference.step(expected, gradient, factor);
    }
    for (int i = 0; i < SIZE; i++) {
      assertThat((double) parameters[i])
          .as("parameter %d", i)
          .isCloseTo(expected[i], within(2e-5 * Math.max(1, Math.abs(expected[i]))));
    }
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void changesNothingWithoutAGradientHoweverLong(Updater updater) {
    Descent descent = descent(updater, new float[] {1, -2});
    for (int step = 0; step < 3000; step++) {
      Arrays.fill(descent.gradients(), 0);
      descent.step(1);
    }
    assertThat(descent.parameters()).containsExactly(1, -2);
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void comesToTheLeastOfABowl(Updater updater) {
    Descent descent = descent(updater, new float[] {1, -1});
    for (int step = 0; step < 2000; step++) {
      for (int i = 0; i < 2; i++) {
        descent.gradients()[i] = (i + 1) * descent.parameters()[i];
      }
      descent.step(1);
    }
    assertThat(descent.parameters()[0]).isCloseTo(0, within(0.1f));
    assertThat(descent.parameters()[1]).isCloseTo(0, within(0.1f));
  }

  @Test
  void aMeanOfGradientsThatEndedDoesNotBecomeSubnormal() {
    Updater updater = new Updater.Adam(0.1, 0.9, 0.999, 1e-8);
    UpdaterState state = new UpdaterState(updater, 1);
    float[] parameter = {0};
    for (int step = 0; step < 2000; step++) {
      state.advance();
      updater.kernel(state, 0.1).apply(parameter, new float[] {step < 3 ? 1 : 0}, 0, 1);
    }
    assertThat(state.slot(0)[0]).isBetween(Float.MIN_NORMAL, 1e-36f);
  }
}
