package org.fettle.optimizers.torch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.loop.GradientNetwork;
import org.fettle.optimizers.loop.Layout;
import org.fettle.optimizers.loop.LearnerFactory;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.ParameterBlock;
import org.fettle.optimizers.training.ParameterBlock.Role;

/** One replica of several, which gives gradients. */
final class TorchGradients implements GradientNetwork {

  private final TrainingRun run;
  private final Settled settled;
  private final List<ParameterBlock> blocks;
  private final DropoutLayers dropouts;
  private final TorchNetwork network;
  private final Losses.OfRows loss;
  private final float[] classWeights;
  private Optional<Draws> draws = Optional.empty();

  TorchGradients(LearnerFactory.Beginning beginning, Settled settled) {
    this(beginning, settled, classWeights(beginning.run()));
  }

  /**
   * One whose rows are not all of the run's.
   *
   * @param classWeights of each class what its rows count; none where all count 1
   */
  TorchGradients(LearnerFactory.Beginning beginning, Settled settled, float[] classWeights) {
    this.run = beginning.run();
    this.settled = settled;
    Layout layout = Layout.of(run.network());
    this.blocks = layout.described();
    this.dropouts = DropoutLayers.of(run.network());
    this.loss = Losses.of(run.spec().loss());
    this.classWeights = classWeights;
    this.network =
        new TorchNetwork(
            run.network(),
            run.spec().loss(),
            settled,
            layout.initial(run.network(), beginning.weights()));
  }

  private static float[] classWeights(TrainingRun run) {
    return run.spec().loss() instanceof Loss.CrossEntropy crossEntropy
        ? crossEntropy.classWeights().of(run.training().targets(), run.network().outputs())
        : new float[0];
  }

  @Override
  public List<ParameterBlock> blocks() {
    return blocks;
  }

  @Override
  public void begin(SplittableRandom random) {
    draws = Optional.of(new Draws(random, dropouts.count()));
  }

  @Override
  public double gradient(Rows rows, float[] result) {
    boolean statistics = blocks.stream().anyMatch(block -> block.role() == Role.STATISTICS);
    float[] before = statistics ? parameters() : result;
    double sum;
    try (PointerScope scope = new PointerScope()) {
      sum = backward(rows);
      Tensor gradients = network.networks().parameters().gradients();
      System.arraycopy(network.order().outward(Place.read(gradients)), 0, result, 0, result.length);
    }
    if (statistics) {
      float[] after = parameters();
      for (ParameterBlock block : blocks) {
        if (block.role() == Role.STATISTICS) {
          for (int i = block.offset(); i < block.offset() + block.length(); i++) {
            result[i] = before[i] - after[i];
          }
        }
      }
    }
    return sum;
  }

  private double backward(Rows rows) {
    int count = rows.count();
    int columns = run.network().inputs();
    float[] values = new float[count * columns];
    System.arraycopy(rows.features(), 0, values, 0, values.length);
    Lengths lengths = Lengths.of(run.network().input(), values, count);
    Pass pass =
        new Pass(
            lengths.steps(settled.place()),
            Optional.empty(),
            Optional.of((layer, x) -> dropped(layer, x, count)));
    Tensor inputs = settled.place().floats(values, count, columns);
    Tensor sums = settled.computing(() -> network.networks().sums(pass, inputs));
    Tensor all = loss.of(sums, targets(rows)).mul(weights(rows)).sum();
    GradMode.set_enabled(false);
    try {
      network
          .networks()
          .parameters()
          .backward(all, settled.place().floats(new float[] {1f / rows.ofBatch()}, 1).squeeze(0));
    } finally {
      GradMode.set_enabled(true);
    }
    return all.item_float();
  }

  private Tensor targets(Rows rows) {
    if (!Losses.ofClasses(run.spec().loss())) {
      float[] values = new float[rows.count()];
      System.arraycopy(rows.targets(), 0, values, 0, values.length);
      return settled.place().floats(values, values.length);
    }
    long[] classes = new long[rows.count()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = (long) rows.targets()[i];
    }
    return settled.place().longs(classes, classes.length);
  }

  private Tensor weights(Rows rows) {
    float[] weights = new float[rows.count()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = classWeights.length == 0 ? 1 : classWeights[(int) rows.targets()[i]];
    }
    return settled.place().floats(weights, weights.length);
  }

  private Tensor dropped(int layer, Tensor x, int rows) {
    double rate = dropouts.rates().get(layer);
    if (rate == 0) {
      return x;
    }
    int size = dropouts.sizes().get(layer);
    float[] factors = new float[rows * size];
    for (int row = 0; row < rows; row++) {
      draws.orElseThrow().factors(layer, rate, factors, row * size, size);
    }
    return x.mul(settled.place().floats(factors, factors.length).view_as(x));
  }

  @Override
  public float[] sums(FloatMatrix features) {
    return network.sums(features);
  }

  @Override
  public float[] parameters() {
    return network.parameters();
  }

  @Override
  public void setParameters(float[] values) {
    network.setParameters(values);
  }

  @Override
  public void save(Path directory, Scaling scaling) throws IOException {
    network.save(directory, scaling);
  }

  @Override
  public void close() {
    network.close();
  }
}
