package org.fettle.optimizers.training;

/** exp(zᵢ) / Σ exp(zⱼ), with the largest z taken off first so that nothing overflows. */
final class Softmax {

  private Softmax() {}

  /**
   * Replaces {@code length} values, {@code stride} apart, by their softmax.
   *
   * @return ln Σ exp(zⱼ)
   */
  static double apply(float[] values, int start, int stride, int length) {
    int end = start + stride * length;
    float max = values[start];
    for (int at = start; at < end; at += stride) {
      max = Math.max(max, values[at]);
    }
    double total = 0;
    for (int at = start; at < end; at += stride) {
      values[at] = (float) Math.exp(values[at] - max);
      total += values[at];
    }
    float scale = (float) (1 / total);
    for (int at = start; at < end; at += stride) {
      values[at] *= scale;
    }
    return max + Math.log(total);
  }
}
