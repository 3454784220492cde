package org.fettle.optimizers.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.engine.Continuation;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainingJob;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Initialisation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Padding;
import org.fettle.optimizers.network.Pooling;
import org.fettle.optimizers.network.Shape;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.optimizers.training.Updater;
import org.junit.jupiter.api.Test;

class MemoryTest {

  private final Engine engine = new TorchEngine(Precision.FLOAT32);

  /** A network of half a million weights, of which a run keeps six numbers each. */
  private static TrainingRun run(long seed, int outputs) {
    float[] features = new float[20 * 32];
    NetworkSpec network =
        new NetworkSpec(
            32,
            List.of(
                new Layer.Dense(700, Activation.RELU),
                new Layer.Dropout(0.2),
                new Layer.Dense(700, Activation.RELU)),
            outputs,
            Initialisation.HE);
    TrainingSpec spec =
        TrainingSpec.of(
            new Updater.Adam(0.01, 0.9, 0.999, 1e-8), Loss.of(new Task.Classification(3)), 8, 2);
    return TrainingRun.of(
        network, spec, new Examples(new FloatMatrix(20, 32, features), new float[20]), seed);
  }

  private void train(int times, int together) {
    for (int i = 0; i < times; i++) {
      List<TrainingRun> runs = IntStream.range(0, together).mapToObj(n -> run(n, 3)).toList();
      for (RunResult result : engine.train(new TrainingJob(runs, 1), RunListener.NONE)) {
        ((RunResult.Trained) result).model().close();
      }
    }
  }

  @Test
  void leavesNothingBehindAfterManyRuns() {
    train(5, 1);
    train(2, 3);
    long pointers = Pointer.totalCount();
    long bytes = Pointer.physicalBytes();
    train(30, 1);
    train(10, 3);
    assertThat(Pointer.totalCount()).isLessThanOrEqualTo(pointers);
    // Sixty runs of 12 MB.
    assertThat(Pointer.physicalBytes() - bytes).isLessThan(150L << 20);
  }

  @Test
  void leavesNothingBehindWhereAJobFails() {
    train(1, 1);
    long pointers = Pointer.totalCount();
    TrainingJob job = new TrainingJob(List.of(run(1, 3), run(2, 3)), 1);
    RunListener failing =
        (run, report) -> {
          throw new IllegalStateException("From the listener");
        };
    assertThatThrownBy(() -> engine.train(job, failing)).hasMessage("From the listener");
    engine.train(job, (run, report) -> Continuation.STOP);
    assertThat(Pointer.totalCount()).isLessThanOrEqualTo(pointers);
  }

  @Test
  void saysThatMemoryHasRunOut() {
    Shape image = new Shape.Image(1, 200, 200);
    int rows = 32;
    NetworkSpec network =
        new NetworkSpec(
            image,
            List.of(
                new Layer.Convolution(50_000, 1, 1, Padding.VALID, Activation.IDENTITY),
                new Layer.GlobalPool(Pooling.AVERAGE)),
            3,
            Initialisation.HE);
    FloatMatrix features = new FloatMatrix(rows, image.size(), new float[rows * image.size()]);
    TrainingRun run =
        TrainingRun.of(
            network,
            TrainingSpec.of(new Updater.Sgd(0.1, 0), Loss.of(new Task.Classification(3)), rows, 1),
            new Examples(features, new float[rows]),
            1);
    // A quarter of a terabyte of what lies between the layers.
    assertThatThrownBy(() -> engine.train(new TrainingJob(List.of(run), 1), RunListener.NONE))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessageContaining("memory");
  }
}
