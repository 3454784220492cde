package org.fettle.optimizers.training;

/** The arithmetic of the losses; see {@link Loss} for the formulas and {@link RowLoss}. */
final class RowLosses {

  private RowLosses() {}

  static RowLoss crossEntropy(float[] classWeights, double smoothing) {
    return (sums, start, stride, length, target, weight) -> {
      int atTarget = start + stride * (int) target;
      int end = start + stride * length;
      double expected = (1 - smoothing) * sums[atTarget];
      if (smoothing > 0) {
        for (int at = start; at < end; at += stride) {
          expected += smoothing / length * sums[at];
        }
      }
      double logOfTotal = Softmax.apply(sums, start, stride, length);
      float ofClass = classWeights[(int) target];
      float scale = weight * ofClass;
      float shared = (float) (smoothing / length);
      for (int at = start; at < end; at += stride) {
        sums[at] = (sums[at] - shared) * scale;
      }
      sums[atTarget] -= (float) (1 - smoothing) * scale;
      return ofClass * (logOfTotal - expected);
    };
  }

  static double hinge(float[] sums, int start, int stride, int length, float target, float weight) {
    int atTarget = start + stride * (int) target;
    int rival = rival(sums, start, stride, length, atTarget);
    double missing = Math.max(0, 1.0 + sums[rival] - sums[atTarget]);
    step(sums, start, stride, length, atTarget, rival, missing > 0 ? weight : missing * weight);
    return missing;
  }

  static double squaredHinge(
      float[] sums, int start, int stride, int length, float target, float weight) {
    int atTarget = start + stride * (int) target;
    int rival = rival(sums, start, stride, length, atTarget);
    double missing = Math.max(0, 1.0 + sums[rival] - sums[atTarget]);
    step(sums, start, stride, length, atTarget, rival, 2 * missing * weight);
    return missing * missing;
  }

  /** The largest sum that is not the target's; of equals the first, and one that is no number. */
  private static int rival(float[] sums, int start, int stride, int length, int atTarget) {
    int rival = atTarget == start ? start + stride : start;
    for (int at = start; at < start + stride * length; at += stride) {
      if (at != atTarget && Float.compare(sums[at], sums[rival]) > 0) {
        rival = at;
      }
    }
    return rival;
  }

  private static void step(
      float[] sums, int start, int stride, int length, int atTarget, int rival, double by) {
    for (int at = start; at < start + stride * length; at += stride) {
      sums[at] = 0;
    }
    sums[rival] = (float) by;
    sums[atTarget] = (float) -by;
  }

  static double squaredError(
      float[] sums, int start, int stride, int length, float target, float weight) {
    double error = (double) sums[start] - target;
    sums[start] = (float) (2 * error * weight);
    return error * error;
  }

  static double absoluteError(
      float[] sums, int start, int stride, int length, float target, float weight) {
    double error = (double) sums[start] - target;
    sums[start] = (float) (Math.signum(error) * weight);
    return Math.abs(error);
  }

  static RowLoss huber(double delta) {
    return (sums, start, stride, length, target, weight) -> {
      double error = (double) sums[start] - target;
      double size = Math.abs(error);
      if (size <= delta) {
        sums[start] = (float) (error * weight);
        return 0.5 * error * error;
      }
      sums[start] = (float) (Math.signum(error) * delta * weight);
      return delta * (size - 0.5 * delta);
    };
  }

  static double poisson(
      float[] sums, int start, int stride, int length, float target, float weight) {
    double sum = sums[start];
    double mean = Math.exp(sum);
    sums[start] = (float) ((mean - target) * weight);
    return mean - target * sum;
  }
}
