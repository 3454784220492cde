package org.fettle.optimizers.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.engine.Divergence;
import org.fettle.optimizers.engine.Gang;
import org.fettle.optimizers.engine.GangBrokenException;
import org.fettle.optimizers.engine.GangEpoch;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.optimizers.loop.Epoch;
import org.fettle.optimizers.loop.GangSteps;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Initialisation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;
import org.fettle.optimizers.training.Clipping;
import org.fettle.optimizers.training.LearningRates;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.Regularisation;
import org.fettle.optimizers.training.Schedule;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.optimizers.training.Updater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of a gang, each on a thread of its own, which speak over the loopback by Gloo. */
@Timeout(60)
class GangTest {

  private static final int ROWS = 107;
  private static final int EPOCHS = 4;
  private static final int BATCH = 8;
  private static final long SEED = 5;

  private static final NetworkSpec NETWORK =
      new NetworkSpec(
          new Shape.Features(4),
          List.of(new Layer.Dense(6, Activation.TANH)),
          3,
          Initialisation.XAVIER);

  /** All that depends on how many rows a step has, or on the whole of a gradient. */
  private static TrainingSpec spec(int batchSize) {
    return TrainingSpec.of(
            new Updater.Adam(0.05, 0.9, 0.999, 1e-8),
            new Loss.CrossEntropy(Loss.ClassWeights.BALANCED, 0.05),
            batchSize,
            EPOCHS)
        .with(new Clipping.Norm(0.2))
        .with(new Schedule.Cosine(1, 1, 0.1))
        .with(new Regularisation(1e-4, 1e-3, 0, 2, 0));
  }

  private static Examples rows() {
    SplittableRandom random = new SplittableRandom(11);
    float[] features = new float[ROWS * 4];
    float[] targets = new float[ROWS];
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < 4; i++) {
        features[row * 4 + i] = (float) random.nextDouble(-1, 1);
      }
      targets[row] = features[row * 4] > 0.3 ? 2 : features[row * 4 + 1] > 0 ? 1 : 0;
    }
    return new Examples(new FloatMatrix(ROWS, 4, features), targets);
  }

  private static int[] counts() {
    int[] counts = new int[3];
    for (float target : rows().targets()) {
      counts[(int) target]++;
    }
    return counts;
  }

  /** Rows are dealt out in turn. */
  private static GangEpoch epoch(
      int rank, int size, int number, float[] parameters, Optional<TrainingState.Memory> memory) {
    int[] own = IntStream.range(0, ROWS).filter(row -> row % size == rank).toArray();
    return new GangEpoch(
        NETWORK,
        spec(BATCH),
        rows().select(own),
        counts(),
        (ROWS + size - 1) / size,
        SEED,
        number,
        1,
        parameters,
        memory,
        1);
  }

  private record OnThread(int rank, int size, CyclicBarrier barrier, String[] words)
      implements Gang {
    @Override
    public List<String> hosts() {
      return IntStream.range(0, size).mapToObj(each -> "127.0.0.1").toList();
    }

    @Override
    public List<String> gather(String word) {
      words[rank] = word;
      try {
        barrier.await();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
      return List.of(words);
    }
  }

  private interface Work {
    GangEpoch.Ended of(Gang gang);
  }

  private static List<Future<GangEpoch.Ended>> members(ExecutorService threads, int n, Work work) {
    CyclicBarrier barrier = new CyclicBarrier(n);
    String[] words = new String[n];
    return IntStream.range(0, n)
        .mapToObj(rank -> threads.submit(() -> work.of(new OnThread(rank, n, barrier, words))))
        .toList();
  }

  private static List<Double> losses(int size, List<float[]> parameters) throws Exception {
    TorchGangs gangs = new TorchGangs(Precision.FLOAT32);
    List<Double> losses = new ArrayList<>();
    float[] values = GangSteps.initial(NETWORK, SEED);
    Optional<TrainingState.Memory> memory = Optional.empty();
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      for (int number = 1; number <= EPOCHS; number++) {
        int now = number;
        float[] before = values;
        Optional<TrainingState.Memory> kept = memory;
        List<Future<GangEpoch.Ended>> ended =
            members(
                threads,
                size,
                gang -> gangs.epoch(epoch(gang.rank(), size, now, before, kept), gang));
        GangEpoch.Ended first = ended.get(0).get();
        for (Future<GangEpoch.Ended> other : ended) {
          assertThat(other.get().parameters()).isEqualTo(first.parameters());
        }
        losses.add(first.loss());
        values = first.parameters();
        memory = Optional.of(first.memory());
      }
      parameters.add(values);
      return losses;
    } finally {
      threads.shutdownNow();
    }
  }

  /** The engine's own learner, with all rows, the summed batch, and the members' order. */
  private static List<Double> lossesOfOne(int size, List<float[]> parameters) {
    TrainingSpec spec = spec(BATCH * size);
    List<Double> losses = new ArrayList<>();
    Natives.use(1, Precision.FLOAT32);
    TorchLearner learner =
        new TorchLearner(
            List.of(GangSteps.beginning(NETWORK, spec, rows(), SEED)),
            new Settled(Place.CPU, Precision.FLOAT32));
    long steps = learner.trainees().get(0).stepsPerEpoch();
    LearningRates rates =
        new LearningRates(spec.schedule(), new Schedule.Span(steps, steps * EPOCHS));
    for (int number = 1; number <= EPOCHS; number++) {
      Epoch epoch =
          new Epoch(order(size, number), rates, new Divergence(), new SplittableRandom(1));
      losses.add(learner.epoch(List.of(Optional.of(epoch)))[0]);
    }
    parameters.add(learner.trainees().get(0).network().parameters());
    learner.close();
    learner.trainees().get(0).network().close();
    return losses;
  }

  /** In each step the next rows of every member. */
  private static int[] order(int size, int number) {
    List<Integer> order = new ArrayList<>();
    float[] none = new float[0];
    List<int[]> own =
        IntStream.range(0, size)
            .mapToObj(
                rank -> GangSteps.order(epoch(rank, size, number, none, Optional.empty()), rank))
            .toList();
    for (int from = 0; order.size() < ROWS; from += BATCH) {
      for (int rank = 0; rank < size; rank++) {
        for (int i = from; i < Math.min(own.get(rank).length, from + BATCH); i++) {
          order.add(own.get(rank)[i] * size + rank);
        }
      }
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void losesAsOneWithTheSummedBatch(int size) throws Exception {
    List<float[]> parameters = new ArrayList<>();

    List<Double> gang = losses(size, parameters);
    List<Double> one = lossesOfOne(size, parameters);

    for (int i = 0; i < EPOCHS; i++) {
      assertThat(gang.get(i)).isCloseTo(one.get(i), within(2e-5 * one.get(i)));
    }
    assertThat(gang.get(EPOCHS - 1)).isLessThan(0.8 * gang.get(0));
    assertThat(parameters.get(0)).containsExactly(parameters.get(1), within(1e-4f));
  }

  @Test
  void aMemberHearsOfTheLossOfAnother() {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<GangEpoch.Ended>> ended =
          members(
              threads,
              2,
              gang -> {
                if (gang.rank() == 0) {
                  return new TorchGangs(Precision.FLOAT32)
                      .epoch(
                          epoch(0, 2, 1, GangSteps.initial(NETWORK, SEED), Optional.empty()), gang);
                }
                Gloo met = new Gloo(gang);
                met.sum(new float[NETWORK_LENGTH + 2]);
                met.close();
                throw new IllegalStateException("gone");
              });

      assertThatThrownBy(() -> ended.get(0).get())
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(GangBrokenException.class)
          .hasMessageStartingWith("Another worker was lost: ");
    } finally {
      threads.shutdownNow();
    }
  }

  private static final int NETWORK_LENGTH = (int) NETWORK.parameterCount();
}
