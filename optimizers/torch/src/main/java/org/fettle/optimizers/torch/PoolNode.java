package org.fettle.optimizers.torch;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.Pooling;
import org.fettle.optimizers.network.Shape;
import org.jspecify.annotations.Nullable;

/** One number for each window of a channel. */
final class PoolNode implements Node {

  private static final long[] NONE = {0, 0};
  private static final long[] ONE = {1, 1};

  private final Pooling pooling;
  private final Edges edges;
  private final long[] kernel;
  private final long[] stride;

  /** By how much a mean with zeros around is too small; null where there are none. */
  private final @Nullable Tensor raise;

  PoolNode(Layer.Pool layer, Shape.Image input, Place place, Held held) {
    this.pooling = layer.pooling();
    this.kernel = new long[] {layer.kernel(), layer.kernel()};
    this.stride = new long[] {layer.stride(), layer.stride()};
    this.edges =
        Edges.of(input, layer.output(input), layer.kernel(), layer.stride(), layer.padding());
    if (pooling == Pooling.AVERAGE && !edges.areNone()) {
      Tensor ones = place.zeros(1, 1, input.height(), input.width()).fill_(new Scalar(1f));
      this.raise = held.keep(mean(edges.pad(ones, 0)).reciprocal());
    } else {
      this.raise = null;
    }
  }

  @Override
  public Tensor forward(Pass pass, Tensor x) {
    if (pooling == Pooling.MAX) {
      Tensor image = edges.areNone() ? x : edges.pad(x, Double.NEGATIVE_INFINITY);
      return torch.max_pool2d(image, kernel, stride, NONE, ONE, false);
    }
    Tensor factors = raise;
    return factors == null ? mean(x) : mean(edges.pad(x, 0)).mul(factors);
  }

  private Tensor mean(Tensor image) {
    return torch.avg_pool2d(image, kernel, stride, NONE, false, true, new LongOptional());
  }
}
