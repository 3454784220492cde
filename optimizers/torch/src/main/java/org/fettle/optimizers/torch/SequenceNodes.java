package org.fettle.optimizers.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.fettle.optimizers.network.Pooling;

/** Layers that make features of sequences. */
final class SequenceNodes {

  private SequenceNodes() {}

  /** One number for each feature over the steps of its row. */
  static Node pool(Pooling pooling) {
    return pooling == Pooling.MAX ? SequenceNodes::largest : SequenceNodes::mean;
  }

  private static Tensor largest(Pass pass, Tensor x) {
    Tensor steps =
        pass.steps()
            .map(
                each ->
                    x.masked_fill(
                        each.there().eq(new Scalar(0f)).unsqueeze(-1),
                        new Scalar(Double.NEGATIVE_INFINITY)))
            .orElse(x);
    return steps.max(-2).get0();
  }

  private static Tensor mean(Pass pass, Tensor x) {
    if (pass.steps().isEmpty()) {
      return x.mean(-2);
    }
    Pass.Steps steps = pass.steps().get();
    return x.mul(steps.there().unsqueeze(-1)).sum(-2).div(steps.lengths().unsqueeze(-1));
  }

  static Node lastStep() {
    return SequenceNodes::last;
  }

  /** The last step of each row. */
  static Tensor last(Pass pass, Tensor x) {
    return pass.steps()
        .map(steps -> pick(x, steps.lengths().sub(new Scalar(1L)).unsqueeze(-1)).squeeze(-2))
        .orElseGet(() -> x.select(-2, x.size(-2) - 1));
  }

  /** Each row's steps turned around, the last one first; those that it lacks stay behind. */
  static Tensor turned(Pass pass, Tensor x) {
    if (pass.steps().isEmpty()) {
      return x.flip(-2);
    }
    Tensor there = pass.steps().get().there();
    Tensor places = there.cumsum(-1).sub(new Scalar(1f));
    Tensor last = pass.steps().get().lengths().unsqueeze(-1).sub(new Scalar(1L));
    Tensor from = places.neg().add(last);
    // Behind the last step any will do.
    return pick(x, from.clamp_min(new Scalar(0f)).to(ScalarType.Long));
  }

  /** Steps by their places, which are {@code [models, rows, picked]}. */
  private static Tensor pick(Tensor x, Tensor places) {
    Tensor index = places.unsqueeze(-1);
    long[] shape = index.shape();
    shape[shape.length - 1] = x.size(-1);
    return x.gather(-2, index.expand(shape));
  }
}
