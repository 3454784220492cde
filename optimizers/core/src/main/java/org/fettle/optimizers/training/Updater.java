package org.fettle.optimizers.training;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType.NumberRange.End;
import org.fettle.search.settings.Settings;

/**
 * How a step changes the parameters p, given the gradient g of a batch's mean loss with its
 * penalty. State begins at zero; t counts steps from 1.
 */
public sealed interface Updater {

  double learningRate();

  /** The setting of a job file that chooses an updater. */
  static Setting setting() {
    return Kind.setting("updater", Kinds.ALL, "how a step changes the weights").or("adam");
  }

  /** The updater of a chosen kind. */
  static Updater from(Settings.Kind kind) {
    return Kind.create(Kinds.ALL, kind);
  }

  /**
   * Stochastic gradient descent with Nesterov momentum μ: v ← μ·v − α·g, p ← p + μ·v − α·g. Without
   * momentum: p ← p − α·g. Sutskever et al. 2013, On the importance of initialization and momentum.
   */
  record Sgd(double learningRate, double momentum) implements Updater {

    public Sgd {
      requirePositive("Learning rate", learningRate);
      requireFraction("Momentum", momentum);
    }

    static List<Setting> settings() {
      return List.of(rate(0.01), fraction("momentum", "Nesterov momentum; 0 for none").or(0.0));
    }

    static Sgd from(Settings settings) {
      return new Sgd(settings.number("learning-rate"), settings.number("momentum"));
    }
  }

  /**
   * Adam: m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², p ← p − α·√(1 − β₂ᵗ)/(1 − β₁ᵗ) · m/(√v +
   * ε). This is the form at the end of section 2 of Kingma and Ba 2015, arXiv:1412.6980, where ε is
   * not corrected for bias.
   */
  record Adam(double learningRate, double beta1, double beta2, double epsilon) implements Updater {

    public Adam {
      requirePositive("Learning rate", learningRate);
      requireFraction("Beta 1", beta1);
      requireFraction("Beta 2", beta2);
      requirePositive("Epsilon", epsilon);
    }

    static List<Setting> settings() {
      return List.of(
          rate(1e-3),
          fraction("beta1", "part of the mean gradient that a step keeps").or(0.9),
          fraction("beta2", "part of the mean squared gradient that a step keeps").or(0.999),
          Setting.numberAbove("epsilon", 0, "what is added to the denominator").or(1e-8));
    }

    static Adam from(Settings settings) {
      return new Adam(
          settings.number("learning-rate"),
          settings.number("beta1"),
          settings.number("beta2"),
          settings.number("epsilon"));
    }
  }

  private static Setting rate(double defaultValue) {
    return Setting.numberAbove("learning-rate", 0, "size of a step").or(defaultValue);
  }

  private static Setting fraction(String name, String doc) {
    return Setting.number(name, 0, End.INCLUDED, 1, End.EXCLUDED, doc);
  }

  private static void requirePositive(String what, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(what + " must be positive, but was " + value);
    }
  }

  private static void requireFraction(String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          what + " must be at least 0 and less than 1, but was " + value);
    }
  }

  /** Every kind that a job file can name. */
  final class Kinds {
    private static final List<Kind<Updater>> ALL =
        List.of(
            new Kind<>("sgd", Sgd.settings(), Sgd::from),
            new Kind<>("adam", Adam.settings(), Adam::from));

    private Kinds() {}
  }
}
