package org.fettle.optimizers.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.fettle.optimizers.network.Padding;
import org.fettle.optimizers.network.Shape;

/** What is added to an image around its edges for windows to fit. */
record Edges(int top, int left, int bottom, int right) {

  static Edges of(Shape.Image input, Shape.Image output, int kernel, int stride, Padding padding) {
    int top = padding.before(input.height(), kernel, stride);
    int left = padding.before(input.width(), kernel, stride);
    boolean none = padding == Padding.VALID;
    return new Edges(
        top,
        left,
        none ? 0 : after(input.height(), output.height(), kernel, stride, top),
        none ? 0 : after(input.width(), output.width(), kernel, stride, left));
  }

  private static int after(int length, int windows, int kernel, int stride, int before) {
    return Math.max(0, (windows - 1) * stride + kernel - length - before);
  }

  /** Whether as much is added on either side. */
  boolean areEven() {
    return top == bottom && left == right;
  }

  boolean areNone() {
    return top + left + bottom + right == 0;
  }

  long[] before() {
    return new long[] {top, left};
  }

  Tensor pad(Tensor image, double value) {
    return torch.constant_pad_nd(image, new long[] {left, right, top, bottom}, new Scalar(value));
  }
}
