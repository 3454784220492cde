package org.fettle.optimizers.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Clipping;
import org.fettle.optimizers.training.EarlyStopping;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.Regularisation;
import org.fettle.optimizers.training.Replicas;
import org.fettle.optimizers.training.Schedule;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.optimizers.training.Updater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Engine} must make of a {@link TrainingSpec}; an engine's test extends this. */
public abstract class TrainingContract {

  private static final Loss MSE = new Loss.MeanSquaredError();
  private static final Loss CROSS_ENTROPY = Loss.of(new Task.Classification(2));
  private static final Updater ADAM = new Updater.Adam(0.01, 0.9, 0.999, 1e-8);
  private static final Updater SGD = new Updater.Sgd(0.1, 0);

  /** The engine to test. */
  protected abstract Engine engine();

  /** The parameters of a model of this engine, as {@link EngineContract} has them. */
  protected double[] parameters(TrainedModel model) {
    return ModelParameters.inputByInput(model);
  }

  private RunResult train(TrainingRun run, RunListener listener) {
    return engine().train(new TrainingJob(List.of(run), 1), listener).get(0);
  }

  private double[] parametersAfter(NetworkSpec network, TrainingSpec spec, Examples examples) {
    RunResult result = train(TrainingRun.of(network, spec, examples, 3), RunListener.NONE);
    try (TrainedModel model = ((RunResult.Trained) result).model()) {
      return parameters(model);
    }
  }

  static Stream<Loss> losses() {
    return Stream.of(
        CROSS_ENTROPY,
        new Loss.CrossEntropy(Loss.ClassWeights.BALANCED, 0),
        new Loss.CrossEntropy(Loss.ClassWeights.NONE, 0.2),
        new Loss.Hinge(false),
        new Loss.Hinge(true),
        MSE,
        new Loss.MeanAbsoluteError(),
        new Loss.Huber(0.5),
        new Loss.Poisson());
  }

  private static Examples examples(Loss loss) {
    if (loss.suits(new Task.Classification(3))) {
      return EngineContract.classes(11, 3, 3, 7);
    }
    Examples values = EngineContract.values(11, 3, 7);
    float[] targets = values.targets().clone();
    for (int row = 0; row < targets.length; row++) {
      targets[row] = loss instanceof Loss.Poisson ? row % 4 : targets[row];
    }
    return new Examples(values.features(), targets);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void descendsAlongTheGradientOfEveryLoss(Loss loss) {
    Examples examples = examples(loss);
    int outputs = loss.suits(new Task.Regression()) ? 1 : 3;
    NetworkSpec network = EngineContract.mlp(3, outputs, 0);
    double rate = 0.5;
    double[] before =
        parametersAfter(network, TrainingSpec.of(new Updater.Sgd(1e-30, 0), loss, 11, 1), examples);
    double[] after =
        parametersAfter(network, TrainingSpec.of(new Updater.Sgd(rate, 0), loss, 11, 1), examples);
    double[] gradient = new DenseReference(network, examples, loss).gradient(before);
    double[] stepped =
        IntStream.range(0, before.length).mapToDouble(i -> (before[i] - after[i]) / rate).toArray();
    assertThat(stepped).containsExactly(gradient, within(1e-5));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void reportsTheLossThatTheFormulaGives(Loss loss) {
    Examples examples = examples(loss);
    int outputs = loss.suits(new Task.Regression()) ? 1 : 3;
    NetworkSpec network = EngineContract.mlp(3, outputs, 0);
    TrainingSpec spec = TrainingSpec.of(new Updater.Sgd(1e-30, 0), loss, 4, 1);
    List<Double> losses = new ArrayList<>();
    RunListener listener =
        (run, report) -> {
          losses.add(report.trainingLoss());
          return Continuation.GO_ON;
        };
    RunResult result = train(TrainingRun.of(network, spec, examples, 3), listener);
    try (TrainedModel model = ((RunResult.Trained) result).model()) {
      double expected = new DenseReference(network, examples, loss).loss(parameters(model));
      assertThat(losses).hasSize(1);
      assertThat(losses.get(0)).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void multipliesTheRateOfEachStepByTheSchedule() {
    Examples examples = EngineContract.values(1, 2, 1).select(new int[6]);
    NetworkSpec network = EngineContract.linear(examples, 1);
    Schedule schedule = new Schedule.WarmUp(1, new Schedule.Polynomial(1, 0));
    TrainingSpec spec = TrainingSpec.of(SGD, MSE, 2, 3);
    double[] expected = new double[3];
    for (int step = 0; step < 9; step++) {
      double factor = schedule.factor(step, new Schedule.Span(3, 9));
      double error = -examples.targets()[0] + expected[2];
      for (int i = 0; i < 2; i++) {
        error += expected[i] * examples.features().at(0, i);
      }
      for (int i = 0; i < 3; i++) {
        double feature = i < 2 ? examples.features().at(0, i) : 1;
        expected[i] -= 0.1 * factor * 2 * error * feature;
      }
    }
    assertThat(parametersAfter(network, spec.with(schedule), examples))
        .containsExactly(expected, within(1e-6));
  }

  @Test
  void lowersTheRateOnAPlateau() {
    Examples examples = EngineContract.values(8, 2, 1);
    NetworkSpec network = EngineContract.linear(examples, 1);
    Schedule plateau = new Schedule.Plateau(Schedule.Plateau.Watched.TRAINING_LOSS, 0, 2, 1e9, 0);
    TrainingSpec spec = TrainingSpec.of(SGD, MSE, 8, 10).with(plateau);
    // The first epoch is the best of all; two more without a better one, and the rate is 0.
    assertThat(parametersAfter(network, spec, examples))
        .containsExactly(parametersAfter(network, TrainingSpec.of(SGD, MSE, 8, 3), examples));
  }

  @Test
  void clipsGradientsAndKeepsWeightsSmall() {
    Examples examples = EngineContract.values(9, 2, 1);
    NetworkSpec network = EngineContract.linear(examples, 1);
    TrainingSpec spec = TrainingSpec.of(SGD, MSE, 9, 1);
    double[] plain = parametersAfter(network, spec, examples);
    double norm = Math.sqrt(Arrays.stream(plain).map(each -> each * each).sum());
    double[] clipped = parametersAfter(network, spec.with(new Clipping.Norm(norm * 5)), examples);
    for (int i = 0; i < 3; i++) {
      // The step is 0.1 times the gradient, whose norm is halved.
      assertThat(clipped[i]).isCloseTo(plain[i] / 2, within(1e-6));
    }
    Regularisation bound = new Regularisation(0, 0, 0, 0.01, 0);
    double[] bounded = parametersAfter(network, spec.with(bound), examples);
    assertThat(Math.hypot(bounded[0], bounded[1])).isCloseTo(0.01, within(1e-6));
    assertThat(bounded[2]).isCloseTo(plain[2], within(1e-6));
  }

  @Test
  void takesDecayAndPenaltyOffWeightsAndNotOffBiases() {
    Examples examples = EngineContract.values(9, 2, 1);
    NetworkSpec network = EngineContract.mlp(2, 1, 0);
    double[] before =
        parametersAfter(network, TrainingSpec.of(new Updater.Sgd(1e-30, 0), MSE, 9, 1), examples);
    TrainingSpec spec = TrainingSpec.of(SGD, MSE, 9, 1);
    double[] plain = parametersAfter(network, spec, examples);
    double[] decayed =
        parametersAfter(network, spec.with(new Regularisation(0, 0, 0.5, 0, 0)), examples);
    double[] penalised =
        parametersAfter(network, spec.with(new Regularisation(0.3, 0, 0, 0, 0)), examples);
    for (int i = 0; i < before.length; i++) {
      // 2 × 24 weights, 24 biases, 24 × 24, 24, 24, 1: biases begin at 0.
      boolean bias = i >= 48 && i < 72 || i >= 648 && i < 672 || i == 696;
      double decay = bias ? 0 : 0.1 * 0.5 * before[i];
      double penalty = bias ? 0 : 0.1 * 0.3 * Math.signum(before[i]);
      assertThat(decayed[i]).isCloseTo(plain[i] - decay, within(1e-6));
      assertThat(penalised[i]).isCloseTo(plain[i] - penalty, within(1e-6));
    }
  }

  @Test
  void addsNoiseOfTheStatedDeviationToFeatures() {
    int rows = 3000;
    Examples zeros = new Examples(new FloatMatrix(rows, 4, new float[4 * rows]), ones(rows));
    NetworkSpec network = EngineContract.linear(zeros, 1);
    // From zero, a step of 1/2 gives each weight the mean of its input as training saw it.
    TrainingSpec spec =
        TrainingSpec.of(new Updater.Sgd(0.5, 0), MSE, rows, 1)
            .with(new Regularisation(0, 0, 0, 0, 2));
    double[] parameters = parametersAfter(network, spec, zeros);
    double deviation = 2 / Math.sqrt(rows);
    for (int i = 0; i < 4; i++) {
      assertThat(parameters[i]).isNotZero().isCloseTo(0, within(5 * deviation));
    }
    // A mean of 3000 rows in 32 bits.
    assertThat(parameters[4]).isCloseTo(1, within(1e-4));
    assertThat(zeros.features().values()).containsOnly(0);
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void takesAllRowsInAStepOfGradientDescent() {
    Examples examples = EngineContract.values(13, 3, 1);
    TrainingSpec spec = TrainingSpec.of(new Updater.GradientDescent(0.1), MSE, 2, 6);
    assertThat(parametersAfter(EngineContract.linear(examples, 1), spec, examples))
        .containsExactly(new LinearReference(examples, 1).train(spec), within(1e-5));
  }

  private static TrainingRun watched(TrainingSpec spec, Monitor monitor, long seed) {
    Examples rows = EngineContract.moons(60);
    return new TrainingRun(
        EngineContract.mlp(2, 2, 0.2),
        spec,
        rows.select(IntStream.range(0, 40).toArray()),
        Optional.of(rows.select(IntStream.range(40, 60).toArray())),
        Optional.of(monitor),
        seed);
  }

  private static EarlyStopping patience(int epochs) {
    return new EarlyStopping(0, Optional.empty(), epochs, 0);
  }

  @Test
  void endsAfterThePatienceWithTheWeightsOfTheBestEpoch() {
    double[] values = {5, 4, 3, 4, 4, 4, 0};
    int[] epoch = {0};
    TrainingSpec spec = TrainingSpec.of(ADAM, CROSS_ENTROPY, 8, 20);
    TrainingRun stopping = watched(spec.with(patience(3)), predictions -> values[epoch[0]++], 5);
    RunResult.Trained result = (RunResult.Trained) train(stopping, RunListener.NONE);
    assertThat(result.epoch()).isEqualTo(6);
    assertThat(result.best()).isEqualTo(3);
    TrainingRun toTheBest = watched(TrainingSpec.of(ADAM, CROSS_ENTROPY, 8, 3), none -> 0, 5);
    try (TrainedModel model = result.model();
        TrainedModel same = ((RunResult.Trained) train(toTheBest, RunListener.NONE)).model()) {
      assertThat(parameters(model)).containsExactly(parameters(same));
    }
  }

  @Test
  void hasTheBestWeightsAlsoWhereAllEpochsAreTrained() {
    int[] epoch = {0};
    TrainingSpec spec = TrainingSpec.of(ADAM, CROSS_ENTROPY, 8, 4).with(patience(9));
    RunResult.Trained result =
        (RunResult.Trained) train(watched(spec, none -> epoch[0]++, 5), RunListener.NONE);
    assertThat(result.epoch()).isEqualTo(4);
    assertThat(result.best()).isEqualTo(1);
    result.model().close();
  }

  @Test
  void watchesItsOwnLossWhereNothingElseIsToBeWatched() {
    TrainingSpec spec = TrainingSpec.of(new Updater.Sgd(2, 0.9), CROSS_ENTROPY, 8, 30);
    TrainingRun run = watched(spec.with(patience(3)), none -> 0, 5);
    Examples validation = run.validation().orElseThrow();
    List<Double> losses = new ArrayList<>();
    RunListener listener =
        (index, report) -> {
          FloatMatrix predictions = report.validationPredictions().get();
          losses.add(
              IntStream.range(0, validation.rows())
                  .mapToDouble(
                      row -> -Math.log(predictions.at(row, (int) validation.targets()[row])))
                  .average()
                  .orElseThrow());
          return Continuation.GO_ON;
        };
    TrainingRun unmonitored =
        new TrainingRun(
            run.network(), run.spec(), run.training(), run.validation(), Optional.empty(), 5);
    RunResult.Trained result = (RunResult.Trained) train(unmonitored, listener);
    double least = losses.stream().mapToDouble(each -> each).min().orElseThrow();
    assertThat(losses.get(result.best() - 1)).isCloseTo(least, within(1e-5));
    assertThat(result.epoch()).isEqualTo(Math.min(30, result.best() + 3));
    result.model().close();
  }

  @Test
  void trainsAllEpochsWhereThereIsNothingToWatch() {
    TrainingSpec spec = TrainingSpec.of(ADAM, CROSS_ENTROPY, 8, 5).with(patience(1));
    TrainingRun run =
        TrainingRun.of(EngineContract.mlp(2, 2, 0), spec, EngineContract.moons(40), 5);
    RunResult.Trained result = (RunResult.Trained) train(run, RunListener.NONE);
    assertThat(result.epoch()).isEqualTo(5);
    assertThat(result.best()).isEqualTo(5);
    result.model().close();
  }

  @Test
  void finishesWhenTheListenerSaysSo() {
    TrainingRun run = EngineContract.run(1);
    RunListener listener =
        (index, report) -> report.epoch() == 2 ? Continuation.FINISH : Continuation.GO_ON;
    RunResult.Trained result = (RunResult.Trained) train(run, listener);
    assertThat(result.epoch()).isEqualTo(2);
    assertThat(result.best()).isEqualTo(2);
    result.model().close();
  }

  private static TrainingSpec shared(TrainingSpec spec, int replicas) {
    return spec.with(new Replicas(replicas, OptionalInt.empty()));
  }

  private static TrainingSpec averaging(TrainingSpec spec, int replicas, int every) {
    return spec.with(new Replicas(replicas, OptionalInt.of(every)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 9})
  void replicasThatShareBatchesTrainAsOne(int replicas) {
    Examples examples = EngineContract.moons(50);
    NetworkSpec network = EngineContract.mlp(2, 2, 0);
    // A step is 16 rows, the last 2, so that some replica has none.
    TrainingSpec spec =
        TrainingSpec.of(new Updater.Momentum(0.05, 0.9), CROSS_ENTROPY, 16, 10)
            .with(Regularisation.ofL2(1e-3));
    assertThat(parametersAfter(network, shared(spec, replicas), examples))
        .containsExactly(parametersAfter(network, spec, examples), within(1e-4));
  }

  @Test
  void replicasGiveTheSameModelEachTime() {
    Examples examples = EngineContract.moons(50);
    NetworkSpec network = EngineContract.mlp(2, 2, 0.3);
    TrainingSpec spec =
        TrainingSpec.of(ADAM, CROSS_ENTROPY, 8, 5).with(new Regularisation(0, 0, 0, 0, 0.1));
    for (TrainingSpec each : List.of(shared(spec, 3), averaging(spec, 3, 2))) {
      assertThat(parametersAfter(network, each, examples))
          .containsExactly(parametersAfter(network, each, examples));
    }
  }

  @Test
  void replicasWithBatchesOfTheirOwnHaveTheMeanOfTheirParameters() {
    // All rows are the same, so that each replica's two steps of an epoch are those of one alone.
    Examples rows = EngineContract.values(1, 3, 2).select(new int[8]);
    NetworkSpec network = EngineContract.linear(rows, 1);
    Updater momentum = new Updater.Momentum(0.05, 0.9);
    TrainingSpec two = averaging(TrainingSpec.of(momentum, MSE, 2, 3), 2, 2);
    TrainingSpec alone = TrainingSpec.of(momentum, MSE, 4, 3);
    assertThat(parametersAfter(network, two, rows))
        .containsExactly(parametersAfter(network, alone, rows), within(1e-5));
  }

  @Test
  void averagingAfterEachStepOfPlainDescentIsSharingABatch() {
    // With two replicas, batches of 5 rows each are a shared batch of 10, in the same order.
    Examples examples = EngineContract.values(40, 3, 2);
    NetworkSpec network = EngineContract.linear(examples, 1);
    assertThat(parametersAfter(network, averaging(TrainingSpec.of(SGD, MSE, 5, 4), 2, 1), examples))
        .containsExactly(
            parametersAfter(network, TrainingSpec.of(SGD, MSE, 10, 4), examples), within(1e-5));
  }

  @Test
  void replicasThatAverageLearnASmallSetByHeart() {
    Examples examples = EngineContract.moons(60);
    TrainingSpec spec = averaging(TrainingSpec.of(ADAM, CROSS_ENTROPY, 10, 150), 2, 3);
    TrainingRun run = TrainingRun.of(EngineContract.mlp(2, 2, 0), spec, examples, 8);
    RunResult result = train(run, RunListener.NONE);
    try (TrainedModel model = ((RunResult.Trained) result).model()) {
      FloatMatrix predictions = model.predict(examples.features());
      for (int row = 0; row < 60; row++) {
        assertThat(predictions.at(row, (int) examples.targets()[row])).isGreaterThan(0.5f);
      }
    }
  }

  @Test
  void predictsMeansOfCounts() {
    float[] features = new float[60];
    float[] targets = new float[60];
    for (int row = 0; row < 60; row++) {
      features[row] = row % 2;
      targets[row] = row % 2 == 0 ? row % 4 / 2 : 2 + row % 3;
    }
    Examples examples = new Examples(new FloatMatrix(60, 1, features), targets);
    TrainingSpec spec =
        TrainingSpec.of(new Updater.Adam(0.05, 0.9, 0.999, 1e-8), new Loss.Poisson(), 60, 400);
    RunResult result =
        train(
            TrainingRun.of(EngineContract.linear(examples, 1), spec, examples, 1),
            RunListener.NONE);
    try (TrainedModel model = ((RunResult.Trained) result).model()) {
      FloatMatrix predictions = model.predict(examples.features());
      assertThat(predictions.at(0, 0)).isCloseTo(0.5f, within(0.01f));
      assertThat(predictions.at(1, 0)).isCloseTo(3, within(0.03f));
    }
  }
}
