package org.fettle.optimizers.torch;

import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.fettle.optimizers.network.Shape;

/** The features of each vector to mean 0 and variance 1, then scaled and shifted. */
final class LayerNormalisationNode implements Node {

  /** Of no account beside any variance but 0. */
  private static final double TINY = 1e-30;

  /** Less than 1 / √{@value #TINY}, and more than any other. */
  private static final double LARGEST = 1e14;

  private final int models;
  private final Tensor scales;
  private final Tensor shifts;
  private final boolean sequence;
  private final long features;

  LayerNormalisationNode(Parameters parameters, Shape input) {
    this.models = parameters.models();
    this.scales = parameters.next();
    this.shifts = parameters.next();
    this.sequence = input instanceof Shape.Sequence;
    this.features = input instanceof Shape.Sequence steps ? steps.features() : input.size();
  }

  @Override
  public Tensor forward(Pass pass, Tensor x) {
    T_TensorTensorTensor_T normal =
        torch.native_layer_norm(
            x, new long[] {features}, new TensorOptional(), new TensorOptional(), TINY);
    GradMode.set_enabled(false);
    // A vector whose features are all equal gives the shift alone, and takes no gradient.
    Tensor differing = normal.get2().lt(new Scalar(LARGEST)).to(torch.ScalarType.Float);
    GradMode.set_enabled(pass.training());
    return torch.addcmul(beside(shifts), normal.get0().mul(differing), beside(scales));
  }

  private Tensor beside(Tensor ofFeatures) {
    if (models == 1) {
      return ofFeatures;
    }
    return sequence
        ? ofFeatures.view(models, 1, 1, features)
        : ofFeatures.view(models, 1, features);
  }
}
