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

  /** Numbers of each kind that are stepped at once on the CPU by one thread. */
  private static final int PART = 1 << 15;

  private final List<TrainingSpec> specs;
  private final List<Block> blocks;
  private final Tensor parameters;
  private final Tensor gradients;
  private final Updates updates;
  private final List<Tensor> slots = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private final List<Updates.Counts> counts = new ArrayList<>();
  private final Held held = new Held();
  private final boolean decays;
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
      for (int i = 0; i < updates.slots(); i++) {
        slots.add(held.keep(place.zeros(models, length)));
      }
      boolean l1 = specs.stream().anyMatch(spec -> spec.regularisation().l1() > 0);
      boolean l2 = specs.stream().anyMatch(spec -> spec.regularisation().l2() > 0);
      Tensor weights = l1 || l2 || decays ? held.keep(weights(place, length)) : null;
      Tensor ofL1 =
          weights == null || !l1
              ? null
              : held.keep(ofModels(place, spec -> spec.regularisation().l1()).mul(weights));
      Tensor ofL2 =
          weights == null || !l2
              ? null
              : held.keep(ofModels(place, spec -> spec.regularisation().l2()).mul(weights));
      int width = Math.min(length, width(place, models));
      Tensor room = held.keep(place.zeros(models, width));
      Tensor more = held.keep(place.zeros(models, width));
      for (int from = 0; from < length; from += width) {
        Columns columns = new Columns(held, from, Math.min(width, length - from));
        parts.add(
            new Part(
                columns.of(this.parameters),
                columns.of(gradients),
                new Updates.State(
                    slots.stream().map(columns::of).toArray(Tensor[]::new),
                    columns.first(room),
                    columns.first(more)),
                columns.ofAny(weights),
                columns.ofAny(ofL1),
                columns.ofAny(ofL2)));
      }
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

  /** Columns that are stepped at once: on the CPU as many as its caches hold. */
  private static int width(Place place, int models) {
    return place.isCpu() ? Math.max(1, PART * torch.get_num_threads() / models) : Integer.MAX_VALUE;
  }

  /** Some of the parameters of all models, with what belongs to them. */
  private record Part(
      Tensor parameters,
      Tensor gradients,
      Updates.State state,
      @Nullable Tensor weights,
      @Nullable Tensor l1,
      @Nullable Tensor l2) {}

  /** Views of columns. */
  private record Columns(Held held, int from, int count) {
    Tensor of(Tensor all) {
      return held.keep(all.narrow(1, from, count));
    }

    Tensor first(Tensor room) {
      return held.keep(room.narrow(1, 0, count));
    }

    @Nullable Tensor ofAny(@Nullable Tensor all) {
      return all == null ? null : of(all);
    }
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
   * Steps all models along their gradients, which are not to be used after it.
   *
   * @param coefficients {@code [coefficients, models, 1]}
   */
  void step(Tensor coefficients) {
    TensorVector each = coefficients.unbind(0);
    Tensor decay = each.get(0);
    Tensor[] own = new Tensor[updates.coefficients()];
    for (int i = 0; i < own.length; i++) {
      own[i] = each.get(DECAY + i);
    }
    parts.forEach(this::addPenalty);
    clip();
    for (Part part : parts) {
      if (decays) {
        Tensor room = part.state().room();
        torch.mul_out(room, requireNonNull(part.weights()), decay);
        part.parameters().addcmul_(part.parameters(), room);
      }
      updates.update().apply(part.state(), part.parameters(), part.gradients(), own);
    }
    bound();
  }

  private void addPenalty(Part part) {
    if (part.l2() != null) {
      part.gradients().addcmul_(part.parameters(), part.l2());
    }
    if (part.l1() != null) {
      part.gradients().addcmul_(part.parameters().sign(), part.l1());
    }
  }

  private void clip() {
    if (largest != null && smallest != null) {
      gradients.clamp_(new TensorOptional(smallest), new TensorOptional(largest));
    }
    if (norm != null) {
      Tensor norms = gradients.square().sum(1).sqrt_().unsqueeze(1);
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
    List<Tensor> all = new ArrayList<>(slots);
    all.add(parameters);
    return all;
  }

  /** What one model's updater keeps. */
  TrainingState.Memory memory(int model, GateOrder order) {
    List<float[]> arrays = new ArrayList<>();
    try (PointerScope scope = new PointerScope()) {
      for (int i = 0; i < specs.get(model).updater().slots(); i++) {
        arrays.add(order.outward(Place.read(slots.get(i).select(0, model))));
      }
    }
    Updates.Counts own = counts.get(model);
    return new TrainingState.Memory(arrays, new double[] {own.step, own.product});
  }

  /** Goes on from there. */
  void restore(int model, TrainingState.Memory memory, GateOrder order, Place place) {
    int count = specs.get(model).updater().slots();
    if (memory.arrays().size() != count || memory.numbers().length != 2) {
      throw new IllegalArgumentException(
          "Updater's state must be %d arrays and 2 numbers, but was %d and %d"
              .formatted(count, memory.arrays().size(), memory.numbers().length));
    }
    try (PointerScope scope = new PointerScope()) {
      for (int i = 0; i < count; i++) {
        float[] values = order.inward(memory.arrays().get(i));
        slots.get(i).select(0, model).copy_(place.floats(values, values.length));
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
