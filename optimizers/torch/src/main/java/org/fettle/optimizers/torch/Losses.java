package org.fettle.optimizers.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.fettle.optimizers.training.Loss;

/** The losses of rows, without the weights of classes; see {@link Loss} for the formulas. */
final class Losses {

  /** None of the means that LibTorch takes by itself. */
  private static final long EACH = 0;

  /** A class that is not to count, of which there is none. */
  private static final long NO_CLASS = -1;

  /** The loss of each row. */
  @FunctionalInterface
  interface OfRows {
    /**
     * Returns {@code [models, rows]}.
     *
     * @param sums {@code [models, rows, outputs]}
     * @param targets {@code [models, rows]}: classes of 64 bits, or values
     */
    Tensor of(Tensor sums, Tensor targets);
  }

  private Losses() {}

  /** Whether targets are classes. */
  static boolean ofClasses(Loss loss) {
    return loss.link() == Loss.Link.SOFTMAX;
  }

  static OfRows of(Loss loss) {
    if (loss instanceof Loss.CrossEntropy crossEntropy) {
      double smoothing = crossEntropy.smoothing();
      return (sums, targets) -> crossEntropy(sums, targets, smoothing);
    }
    if (loss instanceof Loss.Hinge hinge) {
      return (sums, targets) -> {
        Tensor missing = missing(sums, targets);
        return hinge.squared() ? missing.square() : missing;
      };
    }
    if (loss instanceof Loss.MeanSquaredError) {
      return (sums, targets) -> sums.squeeze(-1).sub(targets).square();
    }
    if (loss instanceof Loss.MeanAbsoluteError) {
      return (sums, targets) -> sums.squeeze(-1).sub(targets).abs();
    }
    if (loss instanceof Loss.Huber huber) {
      return (sums, targets) -> torch.huber_loss(sums.squeeze(-1), targets, EACH, huber.delta());
    }
    if (loss instanceof Loss.Poisson) {
      return (sums, targets) -> sums.squeeze(-1).exp().sub(sums.squeeze(-1).mul(targets));
    }
    throw new AssertionError(loss);
  }

  private static Tensor crossEntropy(Tensor sums, Tensor targets, double smoothing) {
    Tensor logs = torch.log_softmax(sums, -1);
    Tensor flat = targets.dim() == 1 ? logs : logs.flatten(0, 1);
    Tensor ofTarget =
        torch
            .nll_loss(flat, targets.view(-1), new TensorOptional(), EACH, NO_CLASS)
            .view_as(targets);
    if (smoothing == 0) {
      return ofTarget;
    }
    return ofTarget
        .mul(new Scalar(1 - smoothing))
        .sub(logs.sum(-1).mul(new Scalar(smoothing / sums.size(-1))));
  }

  /** By how much the target's sum is not yet 1 above the largest other. */
  private static Tensor missing(Tensor sums, Tensor targets) {
    Tensor index = targets.unsqueeze(-1);
    Tensor others = sums.scatter(-1, index, new Scalar(Double.NEGATIVE_INFINITY));
    Tensor rival = others.max(-1).get0();
    return rival
        .sub(sums.gather(-1, index).squeeze(-1))
        .add(new Scalar(1f))
        .clamp_min(new Scalar(0f));
  }
}
