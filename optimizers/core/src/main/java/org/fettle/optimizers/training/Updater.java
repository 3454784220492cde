package org.fettle.optimizers.training;

import java.util.Map;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/**
 * How a step changes the parameters p, given the gradient g of a batch's mean loss with its
 * penalty, clipped. State begins at zero; t counts steps from 1; α is the learning rate times what
 * the {@link Schedule} says of the step.
 */
public sealed interface Updater {

  double learningRate();

  /** How many numbers it keeps for each parameter. */
  int slots();

  /**
   * A step, ready to be applied to any parameters.
   *
   * @param state with this step counted; a kernel changes the state of the parameters it is given
   * @param rate the learning rate of this step
   */
  Kernel kernel(UpdaterState state, double rate);

  /** Whether a step takes all rows, whatever the batch size. */
  default boolean takesAllRows() {
    return false;
  }

  /** By how much of itself, times α, a step makes each weight smaller beside its update. */
  default double weightDecay() {
    return 0;
  }

  /** Changes some parameters by one step. */
  @FunctionalInterface
  interface Kernel {
    /** Changes the parameters from {@code from} to before {@code to}. */
    void apply(float[] parameters, float[] gradients, int from, int to);
  }

  /** The setting of a job file that chooses an updater. */
  static Setting setting() {
    return Kind.setting("updater", UpdaterKinds.ALL, "how a step changes the weights").or("adam");
  }

  /** One line for each kind. */
  static Map<String, String> docs() {
    return Kind.docs(UpdaterKinds.ALL);
  }

  /** The updater of a chosen kind. */
  static Updater from(Settings.Kind kind) {
    return Kind.create(UpdaterKinds.ALL, kind);
  }

  /** p ← p − α·g, where g is the gradient over all rows: one step an epoch. */
  record GradientDescent(double learningRate) implements Updater {
    public GradientDescent {
      Require.positive("Learning rate", learningRate);
    }

    @Override
    public boolean takesAllRows() {
      return true;
    }

    @Override
    public int slots() {
      return 0;
    }

    @Override
    public Kernel kernel(UpdaterState state, double rate) {
      return Kernels.descent(rate);
    }
  }

  /** p ← p − α·g; with a momentum μ above 0, {@link Nesterov}'s step. */
  record Sgd(double learningRate, double momentum) implements Updater {
    public Sgd {
      Require.positive("Learning rate", learningRate);
      Require.fraction("Momentum", momentum);
    }

    @Override
    public int slots() {
      return momentum == 0 ? 0 : 1;
    }

    @Override
    public Kernel kernel(UpdaterState state, double rate) {
      return momentum == 0 ? Kernels.descent(rate) : Kernels.nesterov(state, rate, momentum);
    }
  }

  /** v ← μ·v − α·g, p ← p + v: Polyak 1964, as Sutskever et al. 2013 write it. */
  record Momentum(double learningRate, double momentum) implements Updater {
    public Momentum {
      Require.positive("Learning rate", learningRate);
      Require.fraction("Momentum", momentum);
    }

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public Kernel kernel(UpdaterState state, double rate) {
      return Kernels.momentum(state, rate, momentum);
    }
  }

  /**
   * v ← μ·v − α·g, p ← p + μ·v − α·g. Sutskever et al. 2013, On the importance of initialization
   * and momentum in deep learning, at the point to which the momentum leads.
   */
  record Nesterov(double learningRate, double momentum) implements Updater {
    public Nesterov {
      Require.positive("Learning rate", learningRate);
      Require.fraction("Momentum", momentum);
    }

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public Kernel kernel(UpdaterState state, double rate) {
      return Kernels.nesterov(state, rate, momentum);
    }
  }

  /**
   * m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², p ← p − α·m̂/(√v̂ + ε), where m̂ = m/(1 − β₁ᵗ)
   * and v̂ = v/(1 − β₂ᵗ). Kingma and Ba 2015, arXiv:1412.6980, algorithm 1.
   */
  record Adam(double learningRate, double beta1, double beta2, double epsilon) implements Updater {
    public Adam {
      Require.positive("Learning rate", learningRate);
      requireBetas(beta1, beta2, epsilon);
    }

    @Override
    public int slots() {
      return 2;
    }

    @Override
    public Kernel kernel(UpdaterState state, double rate) {
      return Kernels.adam(state, rate, beta1, beta2, epsilon);
    }
  }

  /**
   * Adam with decoupled decay: before its step, p ← p − α·λ·p for each weight, biases excepted.
   * Loshchilov and Hutter 2019, arXiv:1711.05101, with λ scaled by α as in PyTorch.
   */
  record AdamW(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
      implements Updater {
    public AdamW {
      Require.positive("Learning rate", learningRate);
      requireBetas(beta1, beta2, epsilon);
      Require.notNegative("Weight decay", weightDecay);
    }

    @Override
    public int slots() {
      return 2;
    }

    @Override
    public Kernel kernel(UpdaterState state, double rate) {
      return Kernels.adam(state, rate, beta1, beta2, epsilon);
    }
  }

  /**
   * Adam with the largest v so far, not corrected, in the place of v. Reddi et al. 2018,
   * arXiv:1904.09237, with Adam's correction of bias as in PyTorch and Keras.
   */
  record AmsGrad(double learningRate, double beta1, double beta2, double epsilon)
      implements Updater {
    public AmsGrad {
      Require.positive("Learning rate", learningRate);
      requireBetas(beta1, beta2, epsilon);
    }

    @Override
    public int slots() {
      return 3;
    }

    @Override
    public Kernel kernel(UpdaterState state, double rate) {
      return Kernels.amsGrad(state, rate, beta1, beta2, epsilon);
    }
  }

  /**
   * Adam with Nesterov momentum: m̂ = μₜ₊₁·m/(1 − Πₜ₊₁) + (1 − μₜ)·g/(1 − Πₜ), where μₜ = β₁·(1 −
   * ½·0.96^(0.004·t)) and Πₜ = μ₁·…·μₜ. Dozat 2016, Incorporating Nesterov momentum into Adam.
   */
  record Nadam(double learningRate, double beta1, double beta2, double epsilon) implements Updater {
    public Nadam {
      Require.positive("Learning rate", learningRate);
      requireBetas(beta1, beta2, epsilon);
    }

    @Override
    public int slots() {
      return 2;
    }

    @Override
    public Kernel kernel(UpdaterState state, double rate) {
      return Kernels.nadam(state, rate, beta1, beta2, epsilon);
    }
  }

  /**
   * m ← β₁·m + (1 − β₁)·g, u ← max(β₂·u, |g| + ε), p ← p − α/(1 − β₁ᵗ)·m/u. Kingma and Ba 2015,
   * section 7.1; the paper has no ε.
   */
  record AdaMax(double learningRate, double beta1, double beta2, double epsilon)
      implements Updater {
    public AdaMax {
      Require.positive("Learning rate", learningRate);
      requireBetas(beta1, beta2, epsilon);
    }

    @Override
    public int slots() {
      return 2;
    }

    @Override
    public Kernel kernel(UpdaterState state, double rate) {
      return Kernels.adaMax(state, rate, beta1, beta2, epsilon);
    }
  }

  /** v ← ρ·v + (1 − ρ)·g², p ← p − α·g/(√v + ε). Hinton 2012, lecture 6e. */
  record RmsProp(double learningRate, double rho, double epsilon) implements Updater {
    public RmsProp {
      Require.positive("Learning rate", learningRate);
      Require.fraction("Rho", rho);
      Require.positive("Epsilon", epsilon);
    }

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public Kernel kernel(UpdaterState state, double rate) {
      return Kernels.rmsProp(state, rate, rho, epsilon);
    }
  }

  /** s ← s + g², p ← p − α·g/(√s + ε). Duchi, Hazan and Singer 2011, in its diagonal form. */
  record AdaGrad(double learningRate, double epsilon) implements Updater {
    public AdaGrad {
      Require.positive("Learning rate", learningRate);
      Require.positive("Epsilon", epsilon);
    }

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public Kernel kernel(UpdaterState state, double rate) {
      return Kernels.adaGrad(state, rate, epsilon);
    }
  }

  /**
   * s ← ρ·s + (1 − ρ)·g², Δ = √(d + ε)/√(s + ε)·g, d ← ρ·d + (1 − ρ)·Δ², p ← p − α·Δ. Zeiler 2012,
   * arXiv:1212.5701, where α is 1.
   */
  record AdaDelta(double learningRate, double rho, double epsilon) implements Updater {
    public AdaDelta {
      Require.positive("Learning rate", learningRate);
      Require.fraction("Rho", rho);
      Require.positive("Epsilon", epsilon);
    }

    @Override
    public int slots() {
      return 2;
    }

    @Override
    public Kernel kernel(UpdaterState state, double rate) {
      return Kernels.adaDelta(state, rate, rho, epsilon);
    }
  }

  private static void requireBetas(double beta1, double beta2, double epsilon) {
    Require.fraction("Beta 1", beta1);
    Require.fraction("Beta 2", beta2);
    Require.positive("Epsilon", epsilon);
  }
}
