package org.fettle.optimizers.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.fettle.optimizers.training.ParameterBlock.Role;
import org.junit.jupiter.api.Test;

class DescentTest {

  private static final Offset<Float> CLOSE = within(1e-6f);

  /** Two units of two weights each, a bias, and a running mean. */
  private static final List<ParameterBlock> BLOCKS =
      List.of(
          new ParameterBlock(Role.WEIGHTS, 0, 4, 2),
          new ParameterBlock(Role.STATISTICS, 4, 1, 1),
          new ParameterBlock(Role.OTHERS, 5, 1, 1));

  private static final TrainingSpec SGD =
      TrainingSpec.of(new Updater.Sgd(0.5, 0), new Loss.MeanSquaredError(), 1, 1);

  private static float[] afterAStep(TrainingSpec spec, float... gradients) {
    Descent descent = new Descent(spec, BLOCKS, new float[] {3, 4, -1, 0, 10, 2});
    System.arraycopy(gradients, 0, descent.gradients(), 0, gradients.length);
    descent.step(1);
    return descent.parameters();
  }

  private static Regularisation of(double l1, double l2, double decay, double maxNorm) {
    return new Regularisation(l1, l2, decay, maxNorm, 0);
  }

  @Test
  void subtractsStatisticsWhateverTheUpdater() {
    assertThat(afterAStep(SGD, 2, 0, 0, 0, 3, 1)).containsExactly(2, 4, -1, 0, 7, 1.5f);
    TrainingSpec adam = TrainingSpec.of(new Updater.Adam(1, 0, 0, 1e-8), SGD.loss(), 1, 1);
    assertThat(afterAStep(adam, 2, 0, 0, 0, 3, -9))
        .containsExactly(new float[] {2, 4, -1, 0, 7, 3}, CLOSE);
  }

  @Test
  void addsPenaltiesOfWeightsToTheirGradients() {
    assertThat(afterAStep(SGD.with(of(0, 0.1, 0, 0)), 1, 0, 0, 0, 0, 0))
        .containsExactly(new float[] {2.35f, 3.8f, -0.95f, 0, 10, 2}, CLOSE);
    assertThat(afterAStep(SGD.with(of(0.1, 0, 0, 0)), 1, 0, 0, 0, 0, 0))
        .containsExactly(new float[] {2.45f, 3.95f, -0.95f, 0, 10, 2}, CLOSE);
  }

  @Test
  void takesDecayOffWeightsBeforeTheUpdateAndNotThroughIt() {
    TrainingSpec adam = TrainingSpec.of(new Updater.Adam(0.5, 0, 0, 1e-8), SGD.loss(), 1, 1);
    float[] expected = {3 * 0.9f - 0.5f, 4 * 0.9f, -0.9f, 0, 10, 2};
    assertThat(afterAStep(adam.with(of(0, 0, 0.2, 0)), 7, 0, 0, 0, 0, 0))
        .containsExactly(expected, CLOSE);
    TrainingSpec adamW = TrainingSpec.of(new Updater.AdamW(0.5, 0, 0, 1e-8, 0.2), SGD.loss(), 1, 1);
    assertThat(afterAStep(adamW, 7, 0, 0, 0, 0, 0)).containsExactly(expected, CLOSE);
  }

  @Test
  void decaysLessWhereTheScheduleLowersTheRate() {
    Descent descent =
        new Descent(SGD.with(of(0, 0, 0.2, 0)), BLOCKS, new float[] {1, 1, 1, 1, 1, 1});
    descent.step(0.1);
    assertThat(descent.parameters())
        .containsExactly(new float[] {0.99f, 0.99f, 0.99f, 0.99f, 1, 1}, CLOSE);
  }

  @Test
  void clipsEachElement() {
    assertThat(afterAStep(SGD.with(new Clipping.Value(2)), 9, -9, 1, 0, 9, -9))
        .containsExactly(new float[] {2, 5, -1.5f, 0, 1, 3}, CLOSE);
  }

  @Test
  void clipsTheNormOfAllThatIsLearnt() {
    // The norm of (3, 4, 0, 0, 12) is 13; the statistics do not count and are not scaled.
    assertThat(afterAStep(SGD.with(new Clipping.Norm(6.5)), 3, 4, 0, 0, 9, 12))
        .containsExactly(new float[] {2.25f, 3, -1, 0, 1, -1}, CLOSE);
    assertThat(afterAStep(SGD.with(new Clipping.Norm(13.01)), 3, 4, 0, 0, 9, 12))
        .containsExactly(new float[] {1.5f, 2, -1, 0, 1, -4}, CLOSE);
  }

  @Test
  void clipsThePenaltyAsWell() {
    TrainingSpec spec = SGD.with(of(0, 10, 0, 0)).with(new Clipping.Value(1));
    assertThat(afterAStep(spec)).containsExactly(new float[] {2.5f, 3.5f, -0.5f, 0, 10, 2}, CLOSE);
  }

  @Test
  void boundsTheWeightsOfEachUnitAfterTheStep() {
    // The first unit has the norm 5 after the step, the other 1.
    assertThat(afterAStep(SGD.with(of(0, 0, 0, 2.5)), 0, 0, 0, 0, 0, 0))
        .containsExactly(new float[] {1.5f, 2, -1, 0, 10, 2}, CLOSE);
  }

  @Test
  void replicasGetTheMeanOfParametersAndState() {
    TrainingSpec momentum = TrainingSpec.of(new Updater.Momentum(1, 0.5), SGD.loss(), 1, 1);
    List<ParameterBlock> one = List.of(new ParameterBlock(Role.OTHERS, 0, 1, 1));
    List<Descent> replicas =
        List.of(
            new Descent(momentum, one, new float[] {0}),
            new Descent(momentum, one, new float[] {0}));
    replicas.get(0).gradients()[0] = 1;
    replicas.get(1).gradients()[0] = 3;
    replicas.forEach(replica -> replica.step(1));
    Descent.average(replicas);
    replicas.forEach(replica -> assertThat(replica.parameters()).containsExactly(-2));
    // Half of the mean momentum, −2, goes on.
    for (Descent replica : replicas) {
      replica.gradients()[0] = 0;
      replica.step(1);
      assertThat(replica.parameters()).containsExactly(-3);
    }
  }

  @Test
  void refusesBlocksThatAreNotAllParameters() {
    assertThatThrownBy(() -> new Descent(SGD, BLOCKS, new float[7]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Blocks must have all 7 parameters, but had 6");
    assertThatThrownBy(() -> new Descent(SGD, BLOCKS.subList(1, 2), new float[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Block must begin at 0, where the last one ends, but was ");
    assertThatThrownBy(() -> new ParameterBlock(Role.WEIGHTS, 0, 5, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Block must be whole units of at least 1 from at least 0, but was 5 of 2 from 0");
  }
}
