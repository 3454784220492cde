package org.fettle.optimizers.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Every unit sees every feature: x·Wᵀ + b, of each step by itself in a sequence. */
final class DenseNode implements Node {

  private final int models;
  private final Tensor weights;
  private final Tensor biases;

  DenseNode(Parameters parameters) {
    this.models = parameters.models();
    this.weights = parameters.next();
    this.biases = parameters.next();
  }

  @Override
  public Tensor forward(Pass pass, Tensor x) {
    return apply(x, models, weights, biases);
  }

  static Tensor apply(Tensor x, int models, Tensor weights, Tensor biases) {
    if (models == 1) {
      return x.dim() == 2
          ? torch.addmm(biases, x, weights.t())
          : torch
              .addmm(biases, x.flatten(0, 1), weights.t())
              .view(x.size(0), x.size(1), weights.size(0));
    }
    Tensor turned = weights.transpose(1, 2);
    Tensor bias = biases.unsqueeze(1);
    return x.dim() == 3
        ? torch.baddbmm(bias, x, turned)
        : torch
            .baddbmm(bias, x.flatten(1, 2), turned)
            .view(x.size(0), x.size(1), x.size(2), weights.size(1));
  }
}
