package org.fettle.optimizers.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Initialisation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Clipping;
import org.fettle.optimizers.training.EarlyStopping;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.Regularisation;
import org.fettle.optimizers.training.Schedule;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.optimizers.training.Updater;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an {@link Engine} that trains several runs as one network must make of them: what it makes
 * of each alone, but for rounding.
 */
public abstract class FusionContract {

  private static final Loss CROSS_ENTROPY = Loss.of(new Task.Classification(2));
  private static final Updater ADAM = new Updater.Adam(0.01, 0.9, 0.999, 1e-8);

  /** The engine to test. */
  protected abstract Engine engine();

  /** What a run said, and how it ended. */
  private record Course(List<Double> losses, RunResult result, FloatMatrix predictions) {}

  /** Trains runs in one job. */
  private List<Course> train(List<TrainingRun> runs, RunListener listener) {
    List<List<Double>> losses = runs.stream().<List<Double>>map(run -> new ArrayList<>()).toList();
    List<RunResult> results =
        engine()
            .train(
                new TrainingJob(runs, 1),
                (run, report) -> {
                  losses.get(run).add(report.trainingLoss());
                  return listener.epochEnded(run, report);
                });
    List<Course> courses = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      FloatMatrix predictions = new FloatMatrix(0, 1, new float[0]);
      if (results.get(i) instanceof RunResult.Trained trained) {
        predictions = trained.model().predict(runs.get(i).training().features());
        trained.model().close();
      }
      courses.add(new Course(losses.get(i), results.get(i), predictions));
    }
    return courses;
  }

  private void assertTrainedAsIfAlone(List<TrainingRun> runs) {
    assertOneName(runs);
    List<Course> together = train(runs, RunListener.NONE);
    for (int i = 0; i < runs.size(); i++) {
      assertSame(i, together.get(i), train(List.of(runs.get(i)), RunListener.NONE).get(0));
    }
  }

  private void assertOneName(List<TrainingRun> runs) {
    Set<Optional<String>> names = new LinkedHashSet<>();
    runs.forEach(run -> names.add(engine().fusion(run.network(), run.spec())));
    assertThat(names).hasSize(1).allMatch(Optional::isPresent);
  }

  private static void assertSame(int run, Course together, Course alone) {
    assertThat(together.result().getClass()).as("run %d", run).isEqualTo(alone.result().getClass());
    assertThat(together.result().epoch()).as("run %d", run).isEqualTo(alone.result().epoch());
    assertThat(together.losses()).hasSameSizeAs(alone.losses());
    for (int epoch = 0; epoch < alone.losses().size(); epoch++) {
      double loss = alone.losses().get(epoch);
      assertThat(together.losses().get(epoch))
          .as("loss of run %d in epoch %d", run, epoch + 1)
          .isCloseTo(loss, within(1e-4 * Math.max(1, Math.abs(loss))));
    }
    if (alone.result() instanceof RunResult.Trained trained) {
      assertThat(((RunResult.Trained) together.result()).best()).isEqualTo(trained.best());
    }
    assertThat(together.predictions().values())
        .as("predictions of run %d", run)
        .containsExactly(alone.predictions().values(), within(2e-4f));
  }

  private static TrainingRun run(NetworkSpec network, TrainingSpec spec, int rows, long seed) {
    Examples all = EngineContract.moons(rows + 15);
    return new TrainingRun(
        network,
        spec,
        all.select(IntStream.range(0, rows).toArray()),
        Optional.of(all.select(IntStream.range(rows, rows + 15).toArray())),
        Optional.empty(),
        seed);
  }

  private static TrainingSpec spec(Updater updater, int epochs) {
    return TrainingSpec.of(updater, CROSS_ENTROPY, 8, epochs);
  }

  @Test
  void givesEachRunItsOwnSettings() {
    TrainingSpec plain = spec(ADAM, 5);
    assertTrainedAsIfAlone(
        List.of(
            run(EngineContract.mlp(2, 2, 0.2), plain, 40, 1),
            run(
                EngineContract.mlp(2, 2, 0.5),
                spec(new Updater.Adam(0.1, 0.5, 0.9, 1e-3), 7),
                40,
                2),
            run(
                EngineContract.mlp(2, 2, 0),
                plain.with(new Regularisation(0.01, 0.02, 0.1, 0.8, 0.2)),
                40,
                3),
            run(EngineContract.mlp(2, 2, 0.2), plain.with(new Clipping.Norm(0.01)), 40, 4),
            run(EngineContract.mlp(2, 2, 0.2), plain.with(new Clipping.Value(0.01)), 40, 5),
            run(EngineContract.mlp(2, 2, 0.2), plain.with(new Schedule.Cosine(1, 2, 0)), 40, 6),
            run(
                EngineContract.mlp(2, 2, 0.2),
                plain.with(
                    new Schedule.Plateau(Schedule.Plateau.Watched.TRAINING_LOSS, 0.5, 1, 1, 0)),
                40,
                7)));
  }

  @Test
  void trainsRunsOfDifferentRows() {
    // Batches of 8: six steps or five, the last of eight rows, one, seven or three.
    NetworkSpec network = EngineContract.mlp(2, 2, 0.3);
    assertTrainedAsIfAlone(
        List.of(
            run(network, spec(ADAM, 4), 40, 1),
            run(network, spec(ADAM, 4), 41, 2),
            run(network, spec(ADAM, 4), 39, 3),
            run(network, spec(new Updater.Adam(0.02, 0.9, 0.999, 1e-8), 3), 43, 4)));
  }

  @Test
  void normalisesBatchesOfDifferentRows() {
    NetworkSpec network =
        new NetworkSpec(
            2,
            List.of(
                new Layer.Dense(6, Activation.TANH),
                new Layer.BatchNormalisation(),
                new Layer.Residual(
                    List.of(
                        new Layer.Dense(6, Activation.RELU),
                        new Layer.BatchNormalisation(),
                        new Layer.Dropout(0.2)))),
            2,
            Initialisation.HE);
    assertTrainedAsIfAlone(
        List.of(
            run(network, spec(ADAM, 4), 44, 1),
            run(network, spec(ADAM, 4), 43, 2),
            run(network, spec(ADAM, 4), 37, 3)));
  }

  @Test
  void takesAllRowsAtOnceWhereTheyAreFew() {
    NetworkSpec network = EngineContract.mlp(2, 2, 0.2);
    TrainingSpec spec = TrainingSpec.of(ADAM, CROSS_ENTROPY, 512, 6);
    assertTrainedAsIfAlone(
        List.of(run(network, spec, 40, 1), run(network, spec, 41, 2), run(network, spec, 40, 3)));
  }

  @Test
  void endsEachRunByItsOwnRule() {
    NetworkSpec network = EngineContract.mlp(2, 2, 0.1);
    TrainingSpec plain = spec(new Updater.Adam(0.05, 0.9, 0.999, 1e-8), 12);
    assertTrainedAsIfAlone(
        List.of(
            run(network, plain.with(patience(1)), 40, 1),
            run(network, plain, 41, 2),
            run(network, plain.with(patience(3)), 40, 3),
            run(network, spec(ADAM, 2), 40, 4)));
  }

  private static EarlyStopping patience(int epochs) {
    return new EarlyStopping(0, Optional.of(EarlyStopping.LOSS), epochs, 0);
  }

  @Test
  void goesOnWithTheOthersWhereSomeAreStoppedOrDiverge() {
    NetworkSpec network = EngineContract.mlp(2, 2, 0.1);
    TrainingSpec wild = spec(new Updater.Adam(1e30, 0.9, 0.999, 1e-8), 6);
    List<TrainingRun> runs =
        List.of(
            run(network, spec(ADAM, 6), 40, 1),
            run(network, wild, 40, 2),
            run(network, spec(ADAM, 6), 40, 3),
            run(network, spec(ADAM, 6), 40, 4));
    List<Course> courses =
        train(
            runs,
            (run, report) ->
                run == 2 && report.epoch() == 2 ? Continuation.STOP : Continuation.GO_ON);
    assertThat(courses.get(1).result()).isInstanceOf(RunResult.Diverged.class);
    assertThat(courses.get(2).result()).isEqualTo(new RunResult.Stopped(2));
    for (int run : new int[] {0, 3}) {
      assertSame(run, courses.get(run), train(List.of(runs.get(run)), RunListener.NONE).get(0));
    }
  }

  @Test
  void goesOnFromTheStateOfARunThatWasTogetherWithOthers() {
    NetworkSpec network = EngineContract.mlp(2, 2, 0.2);
    List<TrainingRun> runs =
        List.of(run(network, spec(ADAM, 5), 40, 1), run(network, spec(ADAM, 5), 41, 2));
    List<TrainingState> states = new ArrayList<>();
    List<Course> whole =
        train(
            runs,
            (run, report) -> {
              if (report.epoch() == 2) {
                states.add(report.state().get());
              }
              return Continuation.GO_ON;
            });
    for (int run = 0; run < 2; run++) {
      Course alone = train(List.of(runs.get(run).from(states.get(run))), RunListener.NONE).get(0);
      assertThat(alone.predictions().values())
          .containsExactly(whole.get(run).predictions().values(), within(1e-4f));
    }
    List<TrainingRun> rest =
        List.of(runs.get(0).from(states.get(0)), runs.get(1).from(states.get(1)));
    List<Course> together = train(rest, RunListener.NONE);
    for (int run = 0; run < 2; run++) {
      assertThat(together.get(run).predictions().values())
          .containsExactly(whole.get(run).predictions().values(), within(1e-6f));
    }
  }

  @Test
  void givesTheSameModelsForTheSameJob() {
    NetworkSpec network = EngineContract.mlp(2, 2, 0.2);
    List<TrainingRun> runs =
        List.of(run(network, spec(ADAM, 3), 40, 1), run(network, spec(ADAM, 3), 41, 2));
    List<Course> once = train(runs, RunListener.NONE);
    List<Course> again = train(runs, RunListener.NONE);
    for (int run = 0; run < 2; run++) {
      assertThat(again.get(run).predictions().values())
          .containsExactly(once.get(run).predictions().values());
    }
  }

  static Stream<Updater> updaters() {
    return Updaters.all();
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void stepsByEveryUpdater(Updater updater) {
    NetworkSpec network = EngineContract.mlp(2, 2, 0.1);
    TrainingSpec spec = spec(updater, 3);
    assertTrainedAsIfAlone(
        List.of(
            run(network, spec, 40, 1),
            run(network, spec.with(new Schedule.Polynomial(1, 0.1)), 43, 2)));
  }

  static Stream<Loss> losses() {
    return TrainingContract.losses();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void lowersEveryLoss(Loss loss) {
    boolean values = loss.suits(new Task.Regression());
    NetworkSpec network = EngineContract.mlp(2, values ? 1 : 2, 0.1);
    TrainingSpec spec =
        TrainingSpec.of(ADAM, loss, 8, 3).with(new Regularisation(0, 1e-3, 0, 0, 0));
    assertTrainedAsIfAlone(
        List.of(run(network, spec, 40, 1), run(network, spec, 43, 2), run(network, spec, 40, 3)));
  }

  static Stream<Named<NetworkSpec>> networks() {
    return LayerContract.networks();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void trainsEveryLayer(NetworkSpec network) {
    List<TrainingRun> runs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      runs.add(
          TrainingRun.of(
              network,
              TrainingSpec.of(
                  new Updater.Adam(0.01 + 0.01 * i, 0.9, 0.999, 1e-4),
                  Loss.of(new Task.Classification(3)),
                  3,
                  2),
              LayerContract.examples(network.input(), i == 2 ? 8 : 9),
              i));
    }
    List<Optional<String>> names =
        runs.stream().map(run -> engine().fusion(run.network(), run.spec())).toList();
    if (names.get(0).isPresent()) {
      assertTrainedAsIfAlone(runs);
    }
  }

  @Test
  void namesRunsThatCannotBeOneNetworkOtherwise() {
    TrainingSpec spec = spec(ADAM, 3);
    Optional<String> name = engine().fusion(EngineContract.mlp(2, 2, 0.1), spec);
    assertThat(engine().fusion(EngineContract.mlp(2, 2, 0.4), spec(ADAM, 9))).isEqualTo(name);
    assertThat(engine().fusion(EngineContract.mlp(3, 2, 0.1), spec)).isNotEqualTo(name);
    assertThat(engine().fusion(EngineContract.mlp(2, 2, 0.1), spec(new Updater.Sgd(0.1, 0), 3)))
        .isNotEqualTo(name);
    assertThat(
            engine()
                .fusion(EngineContract.mlp(2, 2, 0.1), TrainingSpec.of(ADAM, CROSS_ENTROPY, 16, 3)))
        .isNotEqualTo(name);
  }
}
