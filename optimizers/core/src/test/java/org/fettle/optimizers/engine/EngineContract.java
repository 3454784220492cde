package org.fettle.optimizers.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Initialisation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.EarlyStopping;
import org.fettle.optimizers.training.LearningRates;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.Regularisation;
import org.fettle.optimizers.training.Replicas;
import org.fettle.optimizers.training.Schedule;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.optimizers.training.Updater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link Engine} must do; an engine's test extends this. */
public abstract class EngineContract {

  /** Too small to move a 32-bit weight: shows the weights that training began with. */
  private static final Updater STILL = new Updater.Sgd(1e-30, 0);

  private static final Loss CROSS_ENTROPY = Loss.of(new Task.Classification(2));

  private static final Updater ADAM = new Updater.Adam(0.01, 0.9, 0.999, 1e-8);

  /** The engine to test. */
  protected abstract Engine engine();

  /**
   * The parameters of a model of this engine: for each dense layer and then the output layer the
   * weights, input by input, then the biases.
   */
  protected double[] parameters(TrainedModel model) {
    return ModelParameters.inputByInput(model);
  }

  static Stream<Updater> updaters() {
    return Updaters.all();
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void updatesAValueNetworkAsTheFormulaSays(Updater updater) {
    Examples examples = values(13, 3, 1);
    TrainingSpec spec = spec(updater, 0.1, new Loss.MeanSquaredError(), 13, 12);
    assertParametersAfter(spec, examples, 1);
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void updatesAClassNetworkAsTheFormulaSays(Updater updater) {
    Examples examples = classes(13, 3, 4, 2);
    TrainingSpec spec = spec(updater, 0.05, CROSS_ENTROPY, 13, 12);
    assertParametersAfter(spec, examples, 4);
  }

  private void assertParametersAfter(TrainingSpec spec, Examples examples, int outputs) {
    double[] expected = new LinearReference(examples, outputs).train(spec);
    NetworkSpec network = linear(examples, outputs);
    try (TrainedModel model = trained(TrainingRun.of(network, spec, examples, 3))) {
      assertThat(parameters(model)).containsExactly(expected, within(1e-5));
    }
  }

  @ParameterizedTest
  @EnumSource
  void descendsAlongTheGradientThatDifferencesGive(Activation activation) {
    Examples examples = classes(7, 3, 3, 5);
    NetworkSpec network =
        new NetworkSpec(
            3,
            List.of(new Layer.Dense(5, activation), new Layer.Dense(4, activation)),
            3,
            Initialisation.XAVIER);
    double rate = 0.5;
    double[] before = parametersAfterAStep(network, examples, STILL);
    double[] after = parametersAfterAStep(network, examples, new Updater.Sgd(rate, 0));
    double[] gradient = new DenseReference(network, examples, CROSS_ENTROPY).gradient(before);
    double[] stepped =
        IntStream.range(0, before.length).mapToDouble(i -> (before[i] - after[i]) / rate).toArray();
    assertThat(stepped).containsExactly(gradient, within(2e-6));
  }

  private double[] parametersAfterAStep(NetworkSpec network, Examples examples, Updater updater) {
    TrainingSpec spec = spec(updater, 0, CROSS_ENTROPY, examples.rows(), 1);
    try (TrainedModel model = trained(TrainingRun.of(network, spec, examples, 11))) {
      return parameters(model);
    }
  }

  @ParameterizedTest
  @EnumSource
  void beginsWithWeightsOfTheStatedVariance(Initialisation initialisation) {
    NetworkSpec network =
        new NetworkSpec(300, List.of(new Layer.Dense(100, Activation.RELU)), 2, initialisation);
    double[] parameters = parametersAfterAStep(network, classes(4, 300, 2, 1), STILL);
    double[] weights = Arrays.copyOf(parameters, 30_000);
    double variance =
        switch (initialisation) {
          case HE, HE_UNIFORM -> 2.0 / 300;
          case XAVIER, XAVIER_UNIFORM -> 2.0 / 400;
          case LECUN, LECUN_UNIFORM, ORTHOGONAL -> 1.0 / 300;
          case ZERO -> 0;
        };
    // Of 30000 normal draws the mean square is within 5 % by more than six standard deviations.
    assertThat(Arrays.stream(weights).map(weight -> weight * weight).average().orElseThrow())
        .isCloseTo(variance, within(0.05 * variance));
    assertThat(Arrays.copyOfRange(parameters, 30_000, 30_100))
        .containsExactly(new double[100], within(1e-20));
  }

  @Test
  void leavesOutTheStatedPartOfTheInputsAndRaisesTheRest() {
    int rows = 2000;
    double rate = 0.25;
    float[] ones = new float[rows * 20];
    Arrays.fill(ones, 1);
    float[] targets = new float[rows];
    Arrays.fill(targets, 1);
    NetworkSpec network =
        new NetworkSpec(20, List.of(new Layer.Dropout(rate)), 1, Initialisation.ZERO);
    // From zero, a step of 1/2 gives each weight the mean of its input as training saw it.
    TrainingSpec spec = spec(new Updater.Sgd(0.5, 0), 0, new Loss.MeanSquaredError(), rows, 1);
    Examples examples = new Examples(new FloatMatrix(rows, 20, ones), targets);
    try (TrainedModel model = trained(TrainingRun.of(network, spec, examples, 4))) {
      double[] weights = Arrays.copyOf(parameters(model), 20);
      for (double weight : weights) {
        double kept = weight * (1 - rate) * rows;
        assertThat(kept).isCloseTo(Math.rint(kept), within(0.1));
        // Five standard deviations of a binomial with n = 2000, p = 3/4.
        assertThat(kept).isCloseTo(1500, within(97.0));
      }
      assertThat(Arrays.stream(weights).distinct().count()).isGreaterThan(5);
    }
  }

  @Test
  void leavesNothingOutWhenPredicting() {
    NetworkSpec network = mlp(2, 2, 0.5);
    Examples examples = moons(40);
    TrainingSpec spec = spec(STILL, 0, CROSS_ENTROPY, 40, 1);
    NetworkSpec without = mlp(2, 2, 0);
    try (TrainedModel model = trained(TrainingRun.of(network, spec, examples, 6));
        TrainedModel same = trained(TrainingRun.of(without, spec, examples, 6))) {
      assertThat(model.predict(examples.features()).values())
          .containsExactly(same.predict(examples.features()).values());
    }
  }

  @Test
  void givesTheSameModelForTheSameSeedAndAnotherForAnother() {
    float[] predictions = predictions(run(21));
    assertThat(predictions(run(21))).containsExactly(predictions);
    assertThat(predictions(run(22))).isNotEqualTo(predictions);
  }

  @Test
  void trainsEachRunOfAJobAsIfAlone() {
    List<TrainingRun> runs = List.of(run(1), run(2), run(3));
    boolean fused = engine().fusion(run(1).network(), run(1).spec()).isPresent();
    List<RunResult> results = engine().train(new TrainingJob(runs, 1), RunListener.NONE);
    assertThat(results).hasSize(3);
    for (int i = 0; i < 3; i++) {
      try (TrainedModel model = model(results.get(i))) {
        assertThat(model.predict(runs.get(i).training().features()).values())
            .containsExactly(predictions(runs.get(i)), within(fused ? 1e-4f : 0f));
      }
    }
  }

  @Test
  void trainsJobsOnTwoThreadsAtOnceAsIfAlone() throws Exception {
    List<float[]> alone = Stream.of(run(1), run(2), run(3), run(4)).map(this::predictions).toList();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Callable<float[]>> jobs = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        TrainingRun run = run(i % 4 + 1);
        jobs.add(() -> predictions(run));
      }
      List<Future<float[]>> together = threads.invokeAll(jobs);
      for (int i = 0; i < together.size(); i++) {
        assertThat(together.get(i).get()).containsExactly(alone.get(i % 4));
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void learnsASmallSetByHeart() {
    Examples examples = moons(60);
    TrainingSpec spec = spec(ADAM, 0, CROSS_ENTROPY, 20, 100);
    try (TrainedModel model = trained(TrainingRun.of(mlp(2, 2, 0), spec, examples, 8))) {
      FloatMatrix predictions = model.predict(examples.features());
      for (int row = 0; row < 60; row++) {
        assertThat(predictions.at(row, (int) examples.targets()[row])).isGreaterThan(0.5f);
      }
    }
  }

  @Test
  void learnsACurve() {
    float[] features = new float[64];
    float[] targets = new float[64];
    for (int row = 0; row < 64; row++) {
      features[row] = row / 16f - 2;
      targets[row] = (float) Math.sin(2 * features[row]);
    }
    Examples examples = new Examples(new FloatMatrix(64, 1, features), targets);
    TrainingSpec spec = spec(ADAM, 0, new Loss.MeanSquaredError(), 32, 120);
    try (TrainedModel model = trained(TrainingRun.of(mlp(1, 1, 0), spec, examples, 9))) {
      FloatMatrix predictions = model.predict(examples.features());
      double error =
          IntStream.range(0, 64)
              .mapToDouble(row -> Math.pow(predictions.at(row, 0) - targets[row], 2))
              .average()
              .orElseThrow();
      assertThat(error).isLessThan(0.05);
    }
  }

  @Test
  void givesProbabilitiesThatSumToOne() {
    FloatMatrix predictions = new FloatMatrix(40, 2, predictions(run(5)));
    for (int row = 0; row < predictions.rows(); row++) {
      assertThat(predictions.at(row, 0)).isBetween(0f, 1f);
      assertThat(predictions.at(row, 0) + predictions.at(row, 1)).isCloseTo(1, within(1e-6f));
    }
  }

  @Test
  void predictsManyRowsAsItPredictsOne() {
    Examples many = classes(2500, 2, 2, 3);
    try (TrainedModel model = trained(run(5))) {
      FloatMatrix all = model.predict(many.features());
      for (int row : new int[] {0, 1023, 1024, 2499}) {
        FloatMatrix one = model.predict(many.features().select(new int[] {row}));
        assertThat(one.at(0, 0)).isCloseTo(all.at(row, 0), within(1e-6f));
      }
    }
  }

  @Test
  void predictsNothingForNoRows() {
    try (TrainedModel model = trained(run(5))) {
      FloatMatrix none = model.predict(new FloatMatrix(0, 2, new float[0]));
      assertThat(none.rows()).isZero();
      assertThat(none.columns()).isEqualTo(2);
    }
  }

  @Test
  void refusesToPredictRowsOfAnotherWidth() {
    try (TrainedModel model = trained(run(5))) {
      assertThatThrownBy(() -> model.predict(new FloatMatrix(1, 3, new float[3])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Features must be 2, as the network's inputs, but were 3");
    }
  }

  @Test
  void takesABatchLargerThanTheData() {
    Examples examples = values(5, 3, 1);
    TrainingSpec spec = spec(ADAM, 0, new Loss.MeanSquaredError(), 512, 10);
    assertParametersAfter(spec, examples, 1);
  }

  @Test
  void reportsTheMeanLossOverAllRowsAlsoOfASmallLastBatch() {
    Examples examples = values(11, 3, 1);
    double expected = 0;
    for (float target : examples.targets()) {
      expected += target * target / examples.rows();
    }
    TrainingSpec spec = spec(STILL, 0.5, new Loss.MeanSquaredError(), 4, 2);
    List<EpochReport> reports = new ArrayList<>();
    TrainingRun run = TrainingRun.of(linear(examples, 1), spec, examples, 1);
    close(engine().train(job(run), keeping(reports)));
    assertThat(reports).extracting(EpochReport::epoch).containsExactly(1, 2);
    for (EpochReport report : reports) {
      assertThat(report.trainingLoss()).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void learnsFromASmallLastBatchByItsOwnMean() {
    // Rows that are all the same make the order of no account: two steps of the same gradient.
    Examples rows = classes(1, 3, 2, 4).select(new int[5]);
    TrainingSpec spec = spec(new Updater.Sgd(0.3, 0), 0, CROSS_ENTROPY, 3, 1);
    double[] expected =
        new LinearReference(rows, 2).train(spec(new Updater.Sgd(0.3, 0), 0, CROSS_ENTROPY, 5, 2));
    try (TrainedModel model = trained(TrainingRun.of(linear(rows, 2), spec, rows, 1))) {
      assertThat(parameters(model)).containsExactly(expected, within(1e-6));
    }
  }

  @Test
  void predictsTheValidationRowsAfterAnEpochWithTheModelOfThatEpoch() {
    Examples validation = moons(30);
    TrainingSpec spec = spec(ADAM, 0, CROSS_ENTROPY, 8, 3);
    TrainingRun run =
        new TrainingRun(
            mlp(2, 2, 0.2), spec, moons(40), Optional.of(validation), Optional.empty(), 2);
    List<float[]> seen = new ArrayList<>();
    List<RunResult> results =
        engine()
            .train(
                job(run),
                (index, report) -> {
                  seen.add(report.validationPredictions().get().values());
                  return Continuation.GO_ON;
                });
    try (TrainedModel model = model(results.get(0))) {
      assertThat(seen).hasSize(3);
      assertThat(seen.get(1)).isNotEqualTo(seen.get(0));
      assertThat(model.predict(validation.features()).values()).containsExactly(seen.get(2));
      TrainingRun unwatched = TrainingRun.of(run.network(), spec, moons(40), 2);
      try (TrainedModel same = trained(unwatched)) {
        assertThat(same.predict(validation.features()).values()).containsExactly(seen.get(2));
      }
    }
  }

  /** Runs that have all that a state must hold: moments, running means, factors, best weights. */
  static Stream<TrainingSpec> continued() {
    TrainingSpec plain = spec(ADAM, 1e-3, CROSS_ENTROPY, 16, 6);
    Schedule plateau = new Schedule.Plateau(Schedule.Plateau.Watched.TRAINING_LOSS, 0.5, 1, 1, 0);
    return Stream.of(
        plain,
        spec(new Updater.Nadam(0.01, 0.9, 0.999, 1e-8), 0, CROSS_ENTROPY, 16, 6),
        spec(new Updater.AdaGrad(0.05, 1e-10), 0, CROSS_ENTROPY, 16, 6),
        plain.with(new Schedule.WarmUp(2, plateau)),
        plain.with(new Schedule.Cosine(1, 2, 0)),
        plain.with(new Regularisation(0, 0, 0, 0, 0.1)),
        plain.with(new EarlyStopping(0, Optional.of(EarlyStopping.LOSS), 2, 1e9)),
        plain.with(new Replicas(2, OptionalInt.empty())),
        plain.with(new Replicas(2, OptionalInt.of(2))));
  }

  @ParameterizedTest
  @MethodSource("continued")
  void goesOnFromTheEndOfAnyEpochBitForBit(TrainingSpec spec) {
    NetworkSpec network =
        new NetworkSpec(
            2,
            List.of(
                new Layer.Dense(8, Activation.TANH),
                new Layer.BatchNormalisation(),
                new Layer.Dropout(0.2)),
            2,
            Initialisation.HE);
    TrainingRun run =
        new TrainingRun(network, spec, moons(40), Optional.of(moons(30)), Optional.empty(), 2);
    List<TrainingState> states = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    RunListener keeping =
        (index, report) -> {
          states.add(report.state().get());
          losses.add(report.trainingLoss());
          return Continuation.GO_ON;
        };
    RunResult.Trained whole = (RunResult.Trained) engine().train(job(run), keeping).get(0);
    List<Double> expected = List.copyOf(losses);
    try (TrainedModel model = whole.model()) {
      for (TrainingState state : List.copyOf(states)) {
        losses.clear();
        TrainingRun rest = run.from(state);
        RunResult.Trained end = (RunResult.Trained) engine().train(job(rest), keeping).get(0);
        try (TrainedModel again = end.model()) {
          assertThat(losses).isEqualTo(expected.subList(state.epoch(), expected.size()));
          assertThat(end.epoch()).isEqualTo(whole.epoch());
          assertThat(end.best()).isEqualTo(whole.best());
          assertThat(again.predict(run.training().features()).values())
              .containsExactly(model.predict(run.training().features()).values());
        }
      }
    }
  }

  @Test
  void refusesToGoOnFromTheStateOfAnotherNetwork() {
    TrainingState state =
        new TrainingState(
            1,
            new float[3],
            new TrainingState.Memory(List.of(), new double[0]),
            new LearningRates.State(1, 1, 1, 0),
            1,
            Optional.empty());
    assertThatThrownBy(() -> engine().train(job(run(1).from(state)), RunListener.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("State must have 722 parameters, as the network, but had 3");
  }

  @Test
  void saysThatARunHasNoValidationRows() {
    assertThatThrownBy(
            () ->
                engine()
                    .train(
                        job(run(1)),
                        (index, report) -> {
                          report.validationPredictions().get();
                          return Continuation.GO_ON;
                        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Run has no validation rows");
  }

  @Test
  void stopsARunThatTheListenerEndsAndNoOther() {
    List<Integer> epochs = new ArrayList<>();
    List<RunResult> results =
        engine()
            .train(
                new TrainingJob(List.of(run(1), run(2)), 1),
                (index, report) -> {
                  if (index == 0) {
                    epochs.add(report.epoch());
                  }
                  return index == 0 && report.epoch() == 2 ? Continuation.STOP : Continuation.GO_ON;
                });
    assertThat(epochs).containsExactly(1, 2);
    assertThat(results.get(0)).isEqualTo(new RunResult.Stopped(2));
    assertThat(results.get(1)).isInstanceOf(RunResult.Trained.class);
    close(results);
  }

  @Test
  void saysThatARunDivergedAndTrainsTheOthers() {
    Examples examples = values(20, 3, 1);
    TrainingSpec wild = spec(new Updater.Sgd(1e6, 0), 0, new Loss.MeanSquaredError(), 20, 100);
    TrainingRun run = TrainingRun.of(linear(examples, 1), wild, examples, 1);
    List<RunResult> results =
        engine().train(new TrainingJob(List.of(run, run(1)), 1), RunListener.NONE);
    assertThat(results.get(0)).isInstanceOf(RunResult.Diverged.class);
    RunResult.Diverged diverged = (RunResult.Diverged) results.get(0);
    assertThat(diverged.epoch()).isBetween(1, 20);
    assertThat(diverged.reason()).startsWith("Mean loss of an epoch must be at most ");
    assertThat(results.get(1)).isInstanceOf(RunResult.Trained.class);
    close(results);
  }

  @Test
  void saysThatALossIsNoFiniteNumber() {
    Examples examples = values(20, 3, 1);
    TrainingSpec wild = spec(new Updater.Sgd(1e30, 0), 0, new Loss.MeanSquaredError(), 5, 100);
    TrainingRun run = TrainingRun.of(linear(examples, 1), wild, examples, 1);
    RunResult result = engine().train(job(run), RunListener.NONE).get(0);
    assertThat(result).isInstanceOf(RunResult.Diverged.class);
    assertThat(result.epoch()).isEqualTo(1);
    assertThat(((RunResult.Diverged) result).reason()).startsWith("Loss must be finite, but was ");
  }

  @Test
  void saysThatARunDivergedBehindUnitsThatHideIt() {
    Examples examples = moons(40);
    examples.features().values()[3] = Float.NaN;
    TrainingSpec spec = spec(ADAM, 0, CROSS_ENTROPY, 8, 5);
    RunResult result =
        engine()
            .train(job(TrainingRun.of(mlp(2, 2, 0), spec, examples, 1)), RunListener.NONE)
            .get(0);
    assertThat(result).isInstanceOf(RunResult.Diverged.class);
    assertThat(result.epoch()).isEqualTo(1);
  }

  @Test
  void passesOnWhatTheListenerThrows() {
    IllegalStateException thrown = new IllegalStateException("From the listener");
    assertThatThrownBy(
            () ->
                engine()
                    .train(
                        job(run(1)),
                        (index, report) -> {
                          throw thrown;
                        }))
        .isSameAs(thrown);
  }

  @Test
  void endsWithinAStepWhenInterrupted() {
    try {
      assertThatThrownBy(
              () ->
                  engine()
                      .train(
                          job(run(1)),
                          (index, report) -> {
                            Thread.currentThread().interrupt();
                            return Continuation.GO_ON;
                          }))
          .isInstanceOf(CancellationException.class)
          .hasMessageStartingWith("Training was interrupted");
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void supportsAllThatThisContractTrains() {
    assertThat(engine().unsupported(run(1).network(), run(1).spec())).isEmpty();
  }

  @Test
  void savesAModelAndStillPredicts(@TempDir Path directory) throws Exception {
    TrainingRun run = run(1);
    try (TrainedModel model = trained(run)) {
      model.save(directory, Scaling.ofFeatures(new float[2], new float[] {1, 1}));
      assertThat(directory.resolve("model.zip")).isNotEmptyFile();
      assertThat(model.predict(run.training().features()).values())
          .containsExactly(predictions(run));
    }
  }

  @Test
  void refusesToSaveAModelWithTheScalingOfAnother(@TempDir Path directory) {
    try (TrainedModel model = trained(run(1))) {
      Scaling scaling = Scaling.ofFeatures(new float[3], new float[] {1, 1, 1});
      assertThatThrownBy(() -> model.save(directory, scaling))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Scaled features must be 2, as the network's inputs, but were 3");
    }
  }

  @Test
  void closesAModelTwiceWithoutHarm() {
    TrainedModel model = trained(run(1));
    model.close();
    model.close();
  }

  /** Random features of about unit size; the target is near a linear function of them. */
  protected static Examples values(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] features = new float[rows * columns];
    float[] targets = new float[rows];
    for (int row = 0; row < rows; row++) {
      targets[row] = (float) random.nextDouble(0.1);
      for (int column = 0; column < columns; column++) {
        float feature = (float) random.nextDouble(-1.5, 1.5);
        features[row * columns + column] = feature;
        targets[row] += feature * (column + 1) / 2;
      }
    }
    return new Examples(new FloatMatrix(rows, columns, features), targets);
  }

  /** The same features, with a random class. */
  protected static Examples classes(int rows, int columns, int classes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] targets = new float[rows];
    for (int row = 0; row < rows; row++) {
      targets[row] = random.nextInt(classes);
    }
    return new Examples(values(rows, columns, seed).features(), targets);
  }

  /** Two interleaved half circles, which no linear network tells apart. */
  protected static Examples moons(int rows) {
    float[] features = new float[rows * 2];
    float[] targets = new float[rows];
    for (int row = 0; row < rows; row++) {
      double angle = Math.PI * row / rows;
      boolean upper = row % 2 == 0;
      features[2 * row] = (float) (upper ? Math.cos(angle) : 1 - Math.cos(angle));
      features[2 * row + 1] = (float) (upper ? Math.sin(angle) : 0.5 - Math.sin(angle));
      targets[row] = row % 2;
    }
    return new Examples(new FloatMatrix(rows, 2, features), targets);
  }

  protected static TrainingSpec spec(
      Updater updater, double l2, Loss loss, int batchSize, int epochs) {
    return TrainingSpec.of(updater, loss, batchSize, epochs).with(Regularisation.ofL2(l2));
  }

  protected static NetworkSpec linear(Examples examples, int outputs) {
    return new NetworkSpec(examples.features().columns(), List.of(), outputs, Initialisation.ZERO);
  }

  protected static NetworkSpec mlp(int inputs, int outputs, double dropout) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      layers.add(new Layer.Dense(24, Activation.RELU));
      layers.add(new Layer.Dropout(dropout));
    }
    return new NetworkSpec(inputs, layers, outputs, Initialisation.HE);
  }

  /** A run with all that is random: weights, order and dropout. */
  protected static TrainingRun run(long seed) {
    TrainingSpec spec = spec(ADAM, 1e-3, CROSS_ENTROPY, 16, 4);
    return TrainingRun.of(mlp(2, 2, 0.3), spec, moons(40), seed);
  }

  protected final TrainedModel trained(TrainingRun run) {
    return model(engine().train(job(run), RunListener.NONE).get(0));
  }

  private float[] predictions(TrainingRun run) {
    try (TrainedModel model = trained(run)) {
      return model.predict(run.training().features()).values();
    }
  }

  private static TrainedModel model(RunResult result) {
    assertThat(result).isInstanceOf(RunResult.Trained.class);
    return ((RunResult.Trained) result).model();
  }

  private static void close(List<RunResult> results) {
    for (RunResult result : results) {
      if (result instanceof RunResult.Trained trained) {
        trained.model().close();
      }
    }
  }

  private static RunListener keeping(List<EpochReport> reports) {
    return (run, report) -> {
      reports.add(report);
      return Continuation.GO_ON;
    };
  }

  private static TrainingJob job(TrainingRun run) {
    return new TrainingJob(List.of(run), 1);
  }
}
