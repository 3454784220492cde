package org.fettle.optimizers.training;

import org.fettle.optimizers.training.Updater.Kernel;

/**
 * The arithmetic of the updaters: one pass over the parameters each, in loops of a form that the
 * JVM compiles to vector instructions.
 */
final class Kernels {

  /**
   * Added and taken off again, it rounds to whole 1e-37. Else the running means of gradients that
   * have become zero, as of a unit that is never active, shrink until they are subnormal, and
   * arithmetic with those takes a hundred times as long.
   */
  private static final float TINY = 1e-30f;

  private Kernels() {}

  static Kernel descent(double rate) {
    float a = (float) rate;
    return (p, g, from, to) -> {
      for (int i = from; i < to; i++) {
        p[i] -= a * g[i];
      }
    };
  }

  static Kernel momentum(UpdaterState state, double rate, double momentum) {
    float[] v = state.slot(0);
    float a = (float) rate;
    float mu = (float) momentum;
    return (p, g, from, to) -> {
      for (int i = from; i < to; i++) {
        v[i] = mu * v[i] - a * g[i] + TINY - TINY;
        p[i] += v[i];
      }
    };
  }

  static Kernel nesterov(UpdaterState state, double rate, double momentum) {
    float[] v = state.slot(0);
    float a = (float) rate;
    float mu = (float) momentum;
    return (p, g, from, to) -> {
      for (int i = from; i < to; i++) {
        v[i] = mu * v[i] - a * g[i] + TINY - TINY;
        p[i] += mu * v[i] - a * g[i];
      }
    };
  }

  static Kernel adam(UpdaterState state, double rate, double beta1, double beta2, double epsilon) {
    float[] m = state.slot(0);
    float[] v = state.slot(1);
    float b1 = (float) beta1;
    float c1 = (float) (1 - beta1);
    float b2 = (float) beta2;
    float c2 = (float) (1 - beta2);
    float a = (float) (rate / (1 - Math.pow(beta1, state.step())));
    float root = (float) Math.sqrt(1 / (1 - Math.pow(beta2, state.step())));
    float e = (float) epsilon;
    return (p, g, from, to) -> {
      for (int i = from; i < to; i++) {
        m[i] = b1 * m[i] + c1 * g[i] + TINY - TINY;
        v[i] = b2 * v[i] + c2 * g[i] * g[i] + TINY - TINY;
        p[i] -= a * m[i] / ((float) Math.sqrt(v[i]) * root + e);
      }
    };
  }

  static Kernel amsGrad(
      UpdaterState state, double rate, double beta1, double beta2, double epsilon) {
    float[] m = state.slot(0);
    float[] v = state.slot(1);
    float[] largest = state.slot(2);
    float b1 = (float) beta1;
    float c1 = (float) (1 - beta1);
    float b2 = (float) beta2;
    float c2 = (float) (1 - beta2);
    float a = (float) (rate / (1 - Math.pow(beta1, state.step())));
    float root = (float) Math.sqrt(1 / (1 - Math.pow(beta2, state.step())));
    float e = (float) epsilon;
    return (p, g, from, to) -> {
      for (int i = from; i < to; i++) {
        m[i] = b1 * m[i] + c1 * g[i] + TINY - TINY;
        v[i] = b2 * v[i] + c2 * g[i] * g[i] + TINY - TINY;
        largest[i] = Math.max(largest[i], v[i]);
        p[i] -= a * m[i] / ((float) Math.sqrt(largest[i]) * root + e);
      }
    };
  }

  static Kernel nadam(UpdaterState state, double rate, double beta1, double beta2, double epsilon) {
    float[] m = state.slot(0);
    float[] v = state.slot(1);
    float b1 = (float) beta1;
    float c1 = (float) (1 - beta1);
    float b2 = (float) beta2;
    float c2 = (float) (1 - beta2);
    double now = nadamMomentum(beta1, state.step());
    double next = nadamMomentum(beta1, state.step() + 1);
    double product = state.product(now);
    float ofMean = (float) (rate * next / (1 - product * next));
    float ofGradient = (float) (rate * (1 - now) / (1 - product));
    float root = (float) Math.sqrt(1 / (1 - Math.pow(beta2, state.step())));
    float e = (float) epsilon;
    return (p, g, from, to) -> {
      for (int i = from; i < to; i++) {
        m[i] = b1 * m[i] + c1 * g[i] + TINY - TINY;
        v[i] = b2 * v[i] + c2 * g[i] * g[i] + TINY - TINY;
        p[i] -= (ofMean * m[i] + ofGradient * g[i]) / ((float) Math.sqrt(v[i]) * root + e);
      }
    };
  }

  private static double nadamMomentum(double beta1, int step) {
    return beta1 * (1 - 0.5 * Math.pow(0.96, 0.004 * step));
  }

  static Kernel adaMax(
      UpdaterState state, double rate, double beta1, double beta2, double epsilon) {
    float[] m = state.slot(0);
    float[] u = state.slot(1);
    float b1 = (float) beta1;
    float c1 = (float) (1 - beta1);
    float b2 = (float) beta2;
    float a = (float) (rate / (1 - Math.pow(beta1, state.step())));
    float e = (float) epsilon;
    return (p, g, from, to) -> {
      for (int i = from; i < to; i++) {
        m[i] = b1 * m[i] + c1 * g[i] + TINY - TINY;
        u[i] = Math.max(b2 * u[i], Math.abs(g[i]) + e);
        p[i] -= a * m[i] / u[i];
      }
    };
  }

  static Kernel rmsProp(UpdaterState state, double rate, double rho, double epsilon) {
    float[] v = state.slot(0);
    float a = (float) rate;
    float kept = (float) rho;
    float taken = (float) (1 - rho);
    float e = (float) epsilon;
    return (p, g, from, to) -> {
      for (int i = from; i < to; i++) {
        v[i] = kept * v[i] + taken * g[i] * g[i] + TINY - TINY;
        p[i] -= a * g[i] / ((float) Math.sqrt(v[i]) + e);
      }
    };
  }

  static Kernel adaGrad(UpdaterState state, double rate, double epsilon) {
    float[] s = state.slot(0);
    float a = (float) rate;
    float e = (float) epsilon;
    return (p, g, from, to) -> {
      for (int i = from; i < to; i++) {
        s[i] += g[i] * g[i];
        p[i] -= a * g[i] / ((float) Math.sqrt(s[i]) + e);
      }
    };
  }

  static Kernel adaDelta(UpdaterState state, double rate, double rho, double epsilon) {
    float[] s = state.slot(0);
    float[] d = state.slot(1);
    float a = (float) rate;
    float kept = (float) rho;
    float taken = (float) (1 - rho);
    float e = (float) epsilon;
    return (p, g, from, to) -> {
      for (int i = from; i < to; i++) {
        s[i] = kept * s[i] + taken * g[i] * g[i] + TINY - TINY;
        float change = (float) Math.sqrt((d[i] + e) / (s[i] + e)) * g[i];
        d[i] = kept * d[i] + taken * change * change + TINY - TINY;
        p[i] -= a * change;
      }
    };
  }
}
