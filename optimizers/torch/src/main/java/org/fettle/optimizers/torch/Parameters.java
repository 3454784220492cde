package org.fettle.optimizers.torch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.fettle.optimizers.loop.Block;
import org.fettle.optimizers.training.ParameterBlock.Role;

/**
 * All that networks of equal shape learn, as one tensor {@code [models, parameters]}, and their
 * gradients as another. What layers take of it are views, so that a few operations step all.
 */
final class Parameters implements AutoCloseable {

  private final Held held = new Held();
  private final int models;
  private final Iterator<Block> untaken;
  private final Tensor values;
  private final Tensor gradients;
  private final List<Learnt> learnt = new ArrayList<>();

  /** A block that is learnt, and where its gradient belongs. */
  private record Learnt(Tensor values, Tensor gradients) {}

  /**
   * Copies values in.
   *
   * @param blocks of which the layers take one after the other
   * @param values of each model
   */
  Parameters(List<Block> blocks, Place place, List<float[]> values) {
    this.models = values.size();
    this.untaken = blocks.iterator();
    int length = values.get(0).length;
    try (PointerScope scope = new PointerScope()) {
      float[] all = new float[Math.multiplyExact(models, length)];
      for (int model = 0; model < models; model++) {
        System.arraycopy(values.get(model), 0, all, model * length, length);
      }
      this.values = held.keep(place.floats(all, models, length));
      this.gradients = held.keep(place.zeros(models, length));
    }
  }

  int models() {
    return models;
  }

  /** {@code [models, parameters]}. */
  Tensor values() {
    return values;
  }

  /** {@code [models, parameters]}; zero for what is not learnt. */
  Tensor gradients() {
    return gradients;
  }

  /** The row of one model. */
  Tensor of(int model) {
    return values.select(0, model);
  }

  /**
   * The block that no layer has taken yet, to be learnt: {@code [models, units, inputs]}, or {@code
   * [models, units]} where a unit has one number; without the first where there is one model.
   */
  Tensor next() {
    Block block = untaken.next();
    Tensor view = view(values, block);
    if (block.role() == Role.STATISTICS) {
      return held.keep(view);
    }
    return learnt(block);
  }

  /** Some blocks that lie together, each of one number for a unit, as one. */
  Tensor next(int count) {
    Block first = untaken.next();
    int units = first.units();
    for (int i = 1; i < count; i++) {
      units += untaken.next().units();
    }
    Block all = new Block(first.role(), first.offset(), units, 1, 1, 1, 0);
    return learnt(all);
  }

  private Tensor learnt(Block block) {
    Tensor leaf = held.keep(view(values, block).data());
    leaf.requires_grad_();
    learnt.add(new Learnt(leaf, held.keep(view(gradients, block))));
    return leaf;
  }

  /**
   * Computes the {@link #gradients()}.
   *
   * @param losses of each model
   * @param scales by which they are multiplied
   */
  void backward(Tensor losses, Tensor scales) {
    TensorVector inputs =
        new TensorVector(learnt.stream().map(Learnt::values).toArray(Tensor[]::new));
    TensorVector all =
        torch.grad(
            new TensorVector(losses),
            inputs,
            new TensorVector(scales),
            new BoolOptional(),
            false,
            true);
    for (int i = 0; i < learnt.size(); i++) {
      Tensor gradient = all.get(i);
      Tensor place = learnt.get(i).gradients();
      if (gradient.defined()) {
        place.copy_(gradient);
      } else {
        place.zero_();
      }
    }
  }

  private Tensor view(Tensor all, Block block) {
    Tensor part = all.narrow(1, block.offset(), block.length());
    if (block.perUnit() > 1 || block.role() == Role.WEIGHTS) {
      return models == 1
          ? part.view(block.units(), block.perUnit())
          : part.view(models, block.units(), block.perUnit());
    }
    return models == 1 ? part.view(block.units()) : part;
  }

  @Override
  public void close() {
    held.close();
  }
}
