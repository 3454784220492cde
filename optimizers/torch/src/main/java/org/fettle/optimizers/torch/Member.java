package org.fettle.optimizers.torch;

import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.optimizers.loop.Layout;
import org.fettle.optimizers.loop.LearnerFactory;
import org.fettle.optimizers.loop.Trainee;
import org.fettle.optimizers.training.Loss;
import org.jspecify.annotations.Nullable;

/** One run of those that are trained together. */
final class Member implements Trainee {

  private final TrainingRun run;
  private final int offset;
  private final int batchSize;
  private final DropoutLayers dropouts;
  private final float @Nullable [] classWeights;
  private final TorchNetwork network;

  /** Where its updater is; none before it has trained beside others. */
  private @Nullable Group group;

  Member(LearnerFactory.Beginning beginning, int offset, Settled settled) {
    this.run = beginning.run();
    this.offset = offset;
    this.batchSize = run.spec().batchSize(run.training().rows());
    this.dropouts = DropoutLayers.of(run.network());
    this.classWeights = classWeights(run);
    Layout layout = Layout.of(run.network());
    this.network =
        new TorchNetwork(
            run.network(),
            run.spec().loss(),
            settled,
            layout.initial(run.network(), beginning.weights()));
  }

  private static float @Nullable [] classWeights(TrainingRun run) {
    return run.spec().loss() instanceof Loss.CrossEntropy loss
            && loss.classWeights() != Loss.ClassWeights.NONE
        ? loss.classWeights().of(run.training().targets(), run.network().outputs())
        : null;
  }

  TrainingRun run() {
    return run;
  }

  /** The first of its rows among all. */
  int offset() {
    return offset;
  }

  DropoutLayers dropouts() {
    return dropouts;
  }

  int rows() {
    return run.training().rows();
  }

  /** Rows of a step; none behind the last. */
  int rows(long step) {
    return (int) Math.max(0, Math.min(batchSize, rows() - step * batchSize));
  }

  /** The first row of a step, by its place in an epoch's order. */
  int first(long step) {
    return Math.toIntExact(step * batchSize);
  }

  /** What the loss of a row counts. */
  float weight(int row) {
    return classWeights == null ? 1 : classWeights[(int) run.training().targets()[row]];
  }

  boolean isWeighted() {
    return classWeights != null;
  }

  void in(Group others) {
    group = others;
  }

  private Group group() {
    if (group == null) {
      throw new IllegalStateException("Run must be trained in a group, but was in none");
    }
    return group;
  }

  @Override
  public TorchNetwork network() {
    return network;
  }

  @Override
  public long stepsPerEpoch() {
    return ((long) rows() + batchSize - 1) / batchSize;
  }

  @Override
  public TrainingState.Memory memory() {
    return group().memory(this);
  }

  @Override
  public void restore(float[] parameters, TrainingState.Memory memory) {
    group().restore(this, parameters, memory);
  }
}
