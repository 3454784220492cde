package org.fettle.optimizers.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.fettle.optimizers.network.Activation;

/** The activations. */
final class Functions {

  private Functions() {}

  static Node of(Activation activation) {
    return switch (activation) {
      case IDENTITY -> (pass, x) -> x;
      case RELU -> (pass, x) -> torch.relu(x);
      case TANH -> (pass, x) -> torch.tanh(x);
      case SIGMOID -> (pass, x) -> torch.sigmoid(x);
      case LEAKY_RELU -> (pass, x) -> torch.leaky_relu(x);
      case ELU -> (pass, x) -> torch.elu(x);
      case SELU -> (pass, x) -> torch.selu(x);
      case GELU -> (pass, x) -> gelu(x);
      case SWISH -> (pass, x) -> torch.silu(x);
      case SOFTPLUS -> (pass, x) -> torch.softplus(x);
    };
  }

  /** In its quick form, which is not that of LibTorch. */
  private static Tensor gelu(Tensor x) {
    return torch.silu(x.mul(new Scalar(1.702))).mul(new Scalar(1 / 1.702));
  }
}
