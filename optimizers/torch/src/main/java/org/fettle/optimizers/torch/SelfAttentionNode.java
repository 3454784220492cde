package org.fettle.optimizers.torch;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.fettle.optimizers.network.Shape;

/** Attention of each step of a row to all steps of that row, in several heads. */
final class SelfAttentionNode implements Node {

  private final int models;
  private final int heads;
  private final long steps;
  private final long width;
  private final Tensor projections;
  private final Tensor output;

  SelfAttentionNode(Parameters parameters, int heads, Shape.Sequence input) {
    this.models = parameters.models();
    this.heads = heads;
    this.steps = input.steps();
    this.width = input.features();
    this.projections = parameters.next();
    this.output = parameters.next();
  }

  @Override
  public Tensor forward(Pass pass, Tensor x) {
    // [rows of all models, steps, 3, heads, features of a head]
    Tensor all =
        product(x, projections).view(-1, steps, 3, heads, width / heads).permute(2, 0, 3, 1, 4);
    TensorOptional mask =
        pass.steps()
            .map(each -> new TensorOptional(each.there().ne(new Scalar(0f)).view(-1, 1, 1, steps)))
            .orElseGet(TensorOptional::new);
    Tensor mixed =
        torch.scaled_dot_product_attention(
            all.select(0, 0),
            all.select(0, 1),
            all.select(0, 2),
            mask,
            0,
            false,
            new DoubleOptional(),
            false);
    return product(mixed.transpose(1, 2).flatten(2, 3).view_as(x), output);
  }

  private Tensor product(Tensor x, Tensor weights) {
    if (models == 1) {
      return torch.linear(x, weights);
    }
    return torch
        .bmm(x.flatten(1, 2), weights.transpose(1, 2))
        .view(models, x.size(1), steps, weights.size(1));
  }
}
