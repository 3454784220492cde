package org.fettle.optimizers.torch;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.optimizers.loop.Block;
import org.fettle.optimizers.training.Clipping;
import org.fettle.optimizers.training.ParameterBlock.Role;
import org.fettle.optimizers.training.TrainingSpec;
import org.jspecify.annotations.Nullable;

/**
 * What a step does with the gradients of several models, in the order of {@link
 * org.fettle.optimizers.training.Descent}: penalty, clipping, decay, update, bound. Each model has
 * settings of its own, but the same kind of updater.
 */
final class Descents implements AutoCloseable {

  /** Before the updater's own: by how much of itself a weight changes beside its update. */
  private static final int DECAY = 1;

  private final List<TrainingSpec> specs;
  private final List<Block> blocks;
  private final Tensor parameters;
  private final Tensor gradients;
  private final Updates updates;
  private final Updates.State state;
  private final List<Updates.Counts> counts = new ArrayList<>();
  private final Held held = new Held();
  private final boolean decays;
  private final @Nullable Tensor weights;
  private final @Nullable Tensor l1;
  private final @Nullable Tensor l2;
  private final @Nullable Tensor largest;
  private final @Nullable Tensor smallest;
  private final @Nullable Tensor norm;
  private final @Nullable Tensor maxNorm;

  Descents(List<TrainingSpec> specs, List<Block> blocks, Parameters parameters, Place place) {
    this.specs = specs;
    this.blocks = blocks;
    this.parameters = parameters.values();
    this.gradients = parameters.gradients();
    this.updates = Updates.of(specs.get(0).updater());
    this.decays = specs.stream().anyMatch(spec -> decay(spec) > 0);
    int models = specs.size();
    int length = blocks.stream().mapToInt(Block::length).sum();
    try (PointerScope scope = new PointerScope()) {
      Tensor[] slots = new Tensor[updates.slots()];
      for (int i = 0; i < slots.length; i++) {
        slots[i] = held.keep(place.zeros(models, length));
      }
      this.state =
          new Updates.State(
              slots,
              held.keep(place.zeros(models, length)),
              held.keep(place.zeros(models, length)));
      boolean l1 = specs.stream().anyMatch(spec -> spec.regularisation().l1() > 0);
      boolean l2 = specs.stream().anyMatch(spec -> spec.regularisation().l2() > 0);
      this.weights = l1 || l2 || decays ? held.keep(weights(place, length)) : null;
      this.l1 = l1 ? ofWeights(place, spec -> spec.regularisation().l1()) : null;
      this.l2 = l2 ? ofWeights(place, spec -> spec.regularisation().l2()) : null;
      boolean byValue = specs.stream().anyMatch(s -> s.clipping() instanceof Clipping.Value);
      this.largest = byValue ? ofModels(place, Descents::largest) : null;
      this.smallest = byValue ? ofModels(place, spec -> -largest(spec)) : null;
      boolean byNorm = specs.stream().anyMatch(s -> s.clipping() instanceof Clipping.Norm);
      this.norm = byNorm ? ofModels(place, Descents::norm) : null;
      boolean bounded = specs.stream().anyMatch(spec -> spec.regularisation().maxNorm() > 0);
      this.maxNorm = bounded ? ofModels(place, Descents::maxNorm) : null;
    }
    specs.forEach(spec -> counts.add(new Updates.Counts()));
  }

  private Tensor weights(Place place, int length) {
    float[] mask = new float[length];
    for (Block block : blocks) {
      if (block.role() == Role.WEIGHTS) {
        Arrays.fill(mask, block.offset(), block.offset() + block.length(), 1);
      }
    }
    return place.floats(mask, 1, length);
  }

  private Tensor ofModels(Place place, ToDoubleFunction<TrainingSpec> value) {
    float[] values = new float[specs.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value.applyAsDouble(specs.get(i));
    }
    return held.keep(place.floats(values, values.length, 1));
  }

  /** {@code [models, parameters]}, zero for what is no weight. */
  private Tensor ofWeights(Place place, ToDoubleFunction<TrainingSpec> value) {
    return held.keep(ofModels(place, value).mul(requireNonNull(weights)));
  }

  private static double largest(TrainingSpec spec) {
    return spec.clipping() instanceof Clipping.Value value ? value.at() : Double.POSITIVE_INFINITY;
  }

  private static double norm(TrainingSpec spec) {
    return spec.clipping() instanceof Clipping.Norm norm ? norm.at() : Double.POSITIVE_INFINITY;
  }

  private static double maxNorm(TrainingSpec spec) {
    double most = spec.regularisation().maxNorm();
    return most == 0 ? Double.POSITIVE_INFINITY : most;
  }

  private static double decay(TrainingSpec spec) {
    return spec.updater().weightDecay() + spec.regularisation().weightDecay();
  }

  /** How many coefficients a step of a model has. */
  int coefficients() {
    return DECAY + updates.coefficients();
  }

  /**
   * Counts a step of one model, and gives its coefficients.
   *
   * @param factor by which the schedule multiplies the learning rate in this step
   */
  double[] next(int model, double factor) {
    TrainingSpec spec = specs.get(model);
    Updates.Counts own = counts.get(model);
    own.step++;
    double rate = spec.updater().learningRate() * factor;
    double[] all = new double[coefficients()];
    all[0] = -rate * decay(spec);
    double[] ofUpdater = updates.ofStep().of(spec.updater(), own, rate);
    System.arraycopy(ofUpdater, 0, all, DECAY, ofUpdater.length);
    return all;
  }

  /**
   * Steps all models along their gradients, which are zero afterwards.
   *
   * @param coefficients {@code [coefficients, models, 1]}
   */
  void step(Tensor coefficients) {
    TensorVector each = coefficients.unbind(0);
    addPenalty();
    clip();
    if (decays) {
      torch.mul_out(state.room(), requireNonNull(weights), each.get(0));
      parameters.addcmul_(parameters, state.room());
    }
    Tensor[] own = new Tensor[updates.coefficients()];
    for (int i = 0; i < own.length; i++) {
      own[i] = each.get(DECAY + i);
    }
    updates.update().apply(state, parameters, gradients, own);
    bound();
    gradients.zero_();
  }

  private void addPenalty() {
    if (l2 != null) {
      gradients.addcmul_(parameters, l2);
    }
    if (l1 != null) {
      gradients.addcmul_(parameters.sign(), l1);
    }
  }

  private void clip() {
    if (largest != null && smallest != null) {
      gradients.clamp_(new TensorOptional(smallest), new TensorOptional(largest));
    }
    if (norm != null) {
      Tensor norms = torch.mul_out(state.room(), gradients, gradients).sum(1).sqrt().unsqueeze(1);
      gradients.mul_(norm.div(norms).clamp_max_(new Scalar(1f)));
    }
  }

  private void bound() {
    if (maxNorm == null) {
      return;
    }
    for (Block block : blocks) {
      if (block.role() == Role.WEIGHTS) {
        Tensor units =
            parameters
                .narrow(1, block.offset(), block.length())
                .view(specs.size(), block.units(), block.perUnit());
        Tensor norms = units.square().sum(-1).sqrt_();
        units.mul_(maxNorm.div(norms).clamp_max_(new Scalar(1f)).unsqueeze(-1));
      }
    }
  }

  /** All that a step changes of models, besides what is counted: {@code [models, parameters]}. */
  List<Tensor> changed() {
    List<Tensor> all = new ArrayList<>(List.of(state.slots()));
    all.add(parameters);
    return all;
  }

  /** What one model's updater keeps. */
  TrainingState.Memory memory(int model, GateOrder order) {
    List<float[]> arrays = new ArrayList<>();
    try (PointerScope scope = new PointerScope()) {
      for (int i = 0; i < specs.get(model).updater().slots(); i++) {
        arrays.add(order.outward(Place.read(state.slots()[i].select(0, model))));
      }
    }
    Updates.Counts own = counts.get(model);
    return new TrainingState.Memory(arrays, new double[] {own.step, own.product});
  }

  /** Goes on from there. */
  void restore(int model, TrainingState.Memory memory, GateOrder order, Place place) {
    int slots = specs.get(model).updater().slots();
    if (memory.arrays().size() != slots || memory.numbers().length != 2) {
      throw new IllegalArgumentException(
          "Updater's state must be %d arrays and 2 numbers, but was %d and %d"
              .formatted(slots, memory.arrays().size(), memory.numbers().length));
    }
    try (PointerScope scope = new PointerScope()) {
      for (int i = 0; i < slots; i++) {
        float[] values = order.inward(memory.arrays().get(i));
        state.slots()[i].select(0, model).copy_(place.floats(values, values.length));
      }
    }
    counts.get(model).step = (int) memory.numbers()[0];
    counts.get(model).product = memory.numbers()[1];
  }

  @Override
  public void close() {
    held.close();
  }
}
