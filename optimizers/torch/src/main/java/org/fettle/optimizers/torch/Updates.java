package org.fettle.optimizers.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.fettle.optimizers.training.Updater;

/**
 * The arithmetic of an updater over the parameters of several models at once; {@link Updater} has
 * the formulas. What differs between models and steps are coefficients, {@code [models, 1]} each.
 *
 * @param coefficients how many there are
 * @param ofStep computes them for one model
 * @param update takes them, and changes parameters and slots
 */
record Updates(int slots, int coefficients, OfStep ofStep, Update update) {

  /** Computes the coefficients of a step for one model. */
  @FunctionalInterface
  interface OfStep {
    /**
     * Returns the coefficients.
     *
     * @param counts with this step
     * @param rate of this step
     */
    double[] of(Updater updater, Counts counts, double rate);
  }

  /** Changes all parameters by one step. */
  @FunctionalInterface
  interface Update {
    void apply(State state, Tensor p, Tensor g, Tensor[] c);
  }

  /** What an updater keeps for each parameter, and room for what lies between. */
  @SuppressWarnings("ArrayRecordComponent") // compared by no one
  record State(Tensor[] slots, Tensor room, Tensor more) {}

  /** What an updater of one model counts. */
  static final class Counts {
    /** Counted from 1. */
    int step;

    /** Of the momenta of the steps so far, for {@link Updater.Nadam}. */
    double product = 1;
  }

  /** That of an updater's kind. */
  static Updates of(Updater kind) {
    if (kind instanceof Updater.GradientDescent) {
      return new Updates(0, 1, (u, counts, rate) -> new double[] {-rate}, Updates::descend);
    }
    if (kind instanceof Updater.Sgd) {
      return new Updates(
          1,
          2,
          (u, counts, rate) -> new double[] {((Updater.Sgd) u).momentum(), -rate},
          Updates::nesterov);
    }
    if (kind instanceof Updater.Nesterov) {
      return new Updates(
          1,
          2,
          (u, counts, rate) -> new double[] {((Updater.Nesterov) u).momentum(), -rate},
          Updates::nesterov);
    }
    if (kind instanceof Updater.Momentum) {
      return new Updates(
          1,
          2,
          (u, counts, rate) -> new double[] {((Updater.Momentum) u).momentum(), -rate},
          Updates::momentum);
    }
    if (kind instanceof Updater.Adam) {
      return new Updates(
          2,
          5,
          (u, counts, rate) -> {
            Updater.Adam a = (Updater.Adam) u;
            return adam(counts, rate, a.beta1(), a.beta2(), a.epsilon());
          },
          Updates::adam);
    }
    if (kind instanceof Updater.AdamW) {
      return new Updates(
          2,
          5,
          (u, counts, rate) -> {
            Updater.AdamW a = (Updater.AdamW) u;
            return adam(counts, rate, a.beta1(), a.beta2(), a.epsilon());
          },
          Updates::adam);
    }
    if (kind instanceof Updater.AmsGrad) {
      return new Updates(
          3,
          5,
          (u, counts, rate) -> {
            Updater.AmsGrad a = (Updater.AmsGrad) u;
            return adam(counts, rate, a.beta1(), a.beta2(), a.epsilon());
          },
          Updates::adam);
    }
    if (kind instanceof Updater.Nadam) {
      return new Updates(
          2, 6, (u, counts, rate) -> nadam((Updater.Nadam) u, counts, rate), Updates::nadam);
    }
    if (kind instanceof Updater.AdaMax) {
      return new Updates(
          2, 4, (u, counts, rate) -> adaMax((Updater.AdaMax) u, counts, rate), Updates::adaMax);
    }
    if (kind instanceof Updater.RmsProp) {
      return new Updates(
          1,
          3,
          (u, counts, rate) -> {
            Updater.RmsProp r = (Updater.RmsProp) u;
            return new double[] {1 - r.rho(), r.epsilon(), -rate};
          },
          Updates::rmsProp);
    }
    if (kind instanceof Updater.AdaGrad) {
      return new Updates(
          1,
          2,
          (u, counts, rate) -> new double[] {((Updater.AdaGrad) u).epsilon(), -rate},
          Updates::adaGrad);
    }
    if (kind instanceof Updater.AdaDelta) {
      return new Updates(
          2,
          3,
          (u, counts, rate) -> {
            Updater.AdaDelta a = (Updater.AdaDelta) u;
            return new double[] {1 - a.rho(), a.epsilon(), -rate};
          },
          Updates::adaDelta);
    }
    throw new AssertionError(kind);
  }

  private static void descend(State state, Tensor p, Tensor g, Tensor[] c) {
    p.addcmul_(g, c[0]);
  }

  private static void momentum(State state, Tensor p, Tensor g, Tensor[] c) {
    Tensor v = state.slots[0];
    v.mul_(c[0]).addcmul_(g, c[1]);
    p.add_(v);
  }

  private static void nesterov(State state, Tensor p, Tensor g, Tensor[] c) {
    Tensor v = state.slots[0];
    v.mul_(c[0]).addcmul_(g, c[1]);
    p.addcmul_(v, c[0]).addcmul_(g, c[1]);
  }

  private static double[] adam(
      Counts counts, double rate, double beta1, double beta2, double epsilon) {
    return new double[] {
      1 - beta1,
      1 - beta2,
      Math.sqrt(1 / (1 - Math.pow(beta2, counts.step))),
      epsilon,
      -rate / (1 - Math.pow(beta1, counts.step))
    };
  }

  /** Also with the largest mean of squares, where there is a slot for it. */
  private static void adam(State state, Tensor p, Tensor g, Tensor[] c) {
    Tensor m = state.slots[0];
    Tensor room = state.room;
    m.lerp_(g, c[0]);
    torch.sqrt_out(room, meanOfSquares(state, g, c));
    torch.addcmul_out(room, c[3], room, c[2]);
    torch.div_out(room, m, room);
    p.addcmul_(room, c[4]);
  }

  private static Tensor meanOfSquares(State state, Tensor g, Tensor[] c) {
    Tensor v = state.slots[1];
    v.lerp_(torch.mul_out(state.room, g, g), c[1]);
    return state.slots.length == 2 ? v : torch.maximum_out(state.slots[2], state.slots[2], v);
  }

  private static double[] nadam(Updater.Nadam nadam, Counts counts, double rate) {
    double now = nadamMomentum(nadam.beta1(), counts.step);
    double next = nadamMomentum(nadam.beta1(), counts.step + 1);
    counts.product *= now;
    return new double[] {
      1 - nadam.beta1(),
      1 - nadam.beta2(),
      Math.sqrt(1 / (1 - Math.pow(nadam.beta2(), counts.step))),
      nadam.epsilon(),
      -rate * next / (1 - counts.product * next),
      -rate * (1 - now) / (1 - counts.product)
    };
  }

  private static double nadamMomentum(double beta1, int step) {
    return beta1 * (1 - 0.5 * Math.pow(0.96, 0.004 * step));
  }

  private static void nadam(State state, Tensor p, Tensor g, Tensor[] c) {
    Tensor m = state.slots[0];
    Tensor room = state.room;
    m.lerp_(g, c[0]);
    torch.sqrt_out(room, meanOfSquares(state, g, c));
    torch.addcmul_out(room, c[3], room, c[2]);
    torch.mul_out(state.more, m, c[4]);
    state.more.addcmul_(g, c[5]);
    p.addcdiv_(state.more, room);
  }

  private static double[] adaMax(Updater.AdaMax adaMax, Counts counts, double rate) {
    return new double[] {
      1 - adaMax.beta1(),
      adaMax.beta2(),
      adaMax.epsilon(),
      -rate / (1 - Math.pow(adaMax.beta1(), counts.step))
    };
  }

  private static void adaMax(State state, Tensor p, Tensor g, Tensor[] c) {
    Tensor m = state.slots[0];
    Tensor u = state.slots[1];
    Tensor room = state.room;
    m.lerp_(g, c[0]);
    torch.abs_out(room, g);
    room.add_(c[2]);
    u.mul_(c[1]);
    torch.maximum_out(u, u, room);
    torch.div_out(room, m, u);
    p.addcmul_(room, c[3]);
  }

  private static void rmsProp(State state, Tensor p, Tensor g, Tensor[] c) {
    Tensor v = state.slots[0];
    Tensor room = state.room;
    v.lerp_(torch.mul_out(room, g, g), c[0]);
    torch.sqrt_out(room, v);
    room.add_(c[1]);
    torch.div_out(room, g, room);
    p.addcmul_(room, c[2]);
  }

  private static void adaGrad(State state, Tensor p, Tensor g, Tensor[] c) {
    Tensor s = state.slots[0];
    Tensor room = state.room;
    s.addcmul_(g, g);
    torch.sqrt_out(room, s);
    room.add_(c[0]);
    torch.div_out(room, g, room);
    p.addcmul_(room, c[1]);
  }

  private static void adaDelta(State state, Tensor p, Tensor g, Tensor[] c) {
    Tensor s = state.slots[0];
    Tensor d = state.slots[1];
    Tensor room = state.room;
    Tensor change = state.more;
    s.lerp_(torch.mul_out(room, g, g), c[0]);
    torch.add_out(change, d, c[1]);
    torch.add_out(room, s, c[1]);
    change.div_(room).sqrt_().mul_(g);
    d.lerp_(torch.mul_out(room, change, change), c[0]);
    p.addcmul_(change, c[2]);
  }
}
