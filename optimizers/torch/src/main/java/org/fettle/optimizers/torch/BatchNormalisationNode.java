package org.fettle.optimizers.torch;

import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.fettle.optimizers.network.Layer.BatchNormalisation;

/** Each channel to mean 0 and variance 1 over the batch, then scaled and shifted. */
final class BatchNormalisationNode implements Node {

  private final boolean image;
  private final int models;
  private final Tensor scales;
  private final Tensor shifts;
  private final Tensor means;
  private final Tensor variances;

  BatchNormalisationNode(Parameters parameters, boolean image) {
    this.image = image;
    this.models = parameters.models();
    this.scales = parameters.next();
    this.shifts = parameters.next();
    this.means = parameters.next();
    this.variances = parameters.next();
  }

  @Override
  public Tensor forward(Pass pass, Tensor x) {
    if (models == 1 || image) {
      return normalise(pass, x, flat(scales), flat(shifts));
    }
    // All models' features side by side, as the channels of one.
    Tensor beside = x.transpose(0, 1).flatten(1, 2);
    return normalise(pass, beside, flat(scales), flat(shifts))
        .view(x.size(1), models, x.size(2))
        .transpose(0, 1);
  }

  private Tensor normalise(Pass pass, Tensor x, Tensor scale, Tensor shift) {
    if (!pass.training()) {
      return torch.batch_norm(
          x,
          new TensorOptional(scale),
          new TensorOptional(shift),
          new TensorOptional(flat(means)),
          new TensorOptional(flat(variances)),
          false,
          0,
          BatchNormalisation.EPSILON,
          false);
    }
    if (pass.there().isPresent()) {
      return normalise(x, pass.there().get(), scale, shift);
    }
    T_TensorTensorTensor_T all =
        torch.native_batch_norm(
            x,
            new TensorOptional(scale),
            new TensorOptional(shift),
            new TensorOptional(),
            new TensorOptional(),
            true,
            0,
            BatchNormalisation.EPSILON);
    GradMode.set_enabled(false);
    Tensor inverse = all.get2();
    move(all.get1(), inverse.mul(inverse).reciprocal().sub(new Scalar(BatchNormalisation.EPSILON)));
    GradMode.set_enabled(true);
    return all.get0();
  }

  /** Where some rows are none. */
  private Tensor normalise(Tensor x, Tensor there, Tensor scale, Tensor shift) {
    long rows = x.size(0);
    long channels = x.size(1);
    long pixels = x.numel() / rows / channels;
    Tensor values = x.reshape(rows, channels, pixels);
    Tensor ofModel = models == 1 ? there.unsqueeze(-1) : there.transpose(0, 1);
    // A model may have no row at all.
    Tensor counts = ofModel.sum(new long[] {0}, true, new ScalarTypeOptional());
    Tensor weights =
        ofModel
            .div(counts.clamp_min(new Scalar(1f)).mul(new Scalar((float) pixels)))
            .repeat_interleave(channels / models, new LongOptional(1), new LongOptional())
            .unsqueeze(-1);
    Tensor mean = values.mul(weights).sum(0, 2);
    Tensor centred = values.sub(mean.view(1, channels, 1));
    Tensor variance = centred.square().mul(weights).sum(0, 2);
    Tensor inverse = variance.add(new Scalar(BatchNormalisation.EPSILON)).rsqrt();
    GradMode.set_enabled(false);
    move(mean, variance);
    GradMode.set_enabled(true);
    return centred
        .mul(inverse.mul(scale).view(1, channels, 1))
        .add(shift.view(1, channels, 1))
        .view_as(x);
  }

  /** Moves the running mean and variance towards those of a batch. */
  private void move(Tensor mean, Tensor variance) {
    Scalar moved = new Scalar(1 - BatchNormalisation.KEPT);
    means.lerp_(mean.view_as(means), moved);
    variances.lerp_(variance.view_as(variances), moved);
  }

  private Tensor flat(Tensor ofModels) {
    return models == 1 ? ofModels : ofModels.reshape(-1);
  }
}
