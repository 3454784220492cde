package org.fettle.optimizers.torch;

import java.util.Iterator;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
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

  /** {@code [models, parameters]}, which backward passes add to. */
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
    Tensor leaf = held.keep(view.data());
    leaf.requires_grad_();
    leaf.mutable_grad().put(view(gradients, block));
    return leaf;
  }

  /** Some blocks that lie together, each of one number for a unit, as one. */
  Tensor next(int count) {
    Block first = untaken.next();
    int units = first.units();
    for (int i = 1; i < count; i++) {
      units += untaken.next().units();
    }
    Block all = new Block(first.role(), first.offset(), units, 1, 1, 1, 0);
    Tensor leaf = held.keep(view(values, all).data());
    leaf.requires_grad_();
    leaf.mutable_grad().put(view(gradients, all));
    return leaf;
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
