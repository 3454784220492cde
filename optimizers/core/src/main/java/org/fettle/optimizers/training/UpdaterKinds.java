package org.fettle.optimizers.training;

import java.util.List;
import java.util.stream.Stream;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType.NumberRange.End;
import org.fettle.search.settings.Settings;

/** The updaters that a job file can name, with the field's defaults. */
final class UpdaterKinds {

  /** Defaults are PyTorch's where a line does not say otherwise. */
  static final List<Kind<Updater>> ALL =
      List.of(
          new Kind<>(
              "gradient-descent",
              "a step along the gradient of all rows: one an epoch, whatever the batch-size",
              List.of(rate(0.1)),
              settings -> new Updater.GradientDescent(rate(settings))),
          // The rate is Keras's; PyTorch's own has changed.
          new Kind<>(
              "sgd",
              "a step along the gradient of a batch",
              List.of(rate(0.01), fraction("momentum", "Nesterov momentum; 0 for none").or(0.0)),
              settings -> new Updater.Sgd(rate(settings), settings.number("momentum"))),
          new Kind<>(
              "momentum",
              "sgd with classical momentum (Polyak 1964)",
              List.of(rate(0.01), momentum()),
              settings -> new Updater.Momentum(rate(settings), settings.number("momentum"))),
          new Kind<>(
              "nesterov",
              "sgd with Nesterov momentum (Sutskever 2013)",
              List.of(rate(0.01), momentum()),
              settings -> new Updater.Nesterov(rate(settings), settings.number("momentum"))),
          new Kind<>(
              "adam",
              "steps scaled by running means of gradient and square (Kingma, Ba 2015)",
              adam(1e-3),
              settings ->
                  new Updater.Adam(
                      rate(settings), beta1(settings), beta2(settings), epsilon(settings))),
          new Kind<>(
              "adamw",
              "adam with decoupled weight decay (Loshchilov, Hutter 2019)",
              adamW(),
              settings ->
                  new Updater.AdamW(
                      rate(settings),
                      beta1(settings),
                      beta2(settings),
                      epsilon(settings),
                      settings.number("weight-decay"))),
          new Kind<>(
              "amsgrad",
              "adam whose scale never grows back (Reddi 2018)",
              adam(1e-3),
              settings ->
                  new Updater.AmsGrad(
                      rate(settings), beta1(settings), beta2(settings), epsilon(settings))),
          new Kind<>(
              "nadam",
              "adam with Nesterov momentum (Dozat 2016)",
              adam(2e-3),
              settings ->
                  new Updater.Nadam(
                      rate(settings), beta1(settings), beta2(settings), epsilon(settings))),
          new Kind<>(
              "adamax",
              "adam with the largest gradient as scale (Kingma, Ba 2015)",
              adam(2e-3),
              settings ->
                  new Updater.AdaMax(
                      rate(settings), beta1(settings), beta2(settings), epsilon(settings))),
          // Of the lecture; PyTorch has 0.01 and 0.99.
          new Kind<>(
              "rmsprop",
              "steps scaled by a running mean of the squared gradient (Hinton 2012)",
              List.of(rate(1e-3), rho(0.9), epsilon(1e-8)),
              settings ->
                  new Updater.RmsProp(rate(settings), settings.number("rho"), epsilon(settings))),
          new Kind<>(
              "adagrad",
              "steps scaled by the sum of squared gradients (Duchi 2011)",
              List.of(rate(0.01), epsilon(1e-10)),
              settings -> new Updater.AdaGrad(rate(settings), epsilon(settings))),
          // Of the paper; PyTorch has rho 0.9.
          new Kind<>(
              "adadelta",
              "steps scaled by those before, with hardly a rate to choose (Zeiler 2012)",
              List.of(rate(1.0), rho(0.95), epsilon(1e-6)),
              settings ->
                  new Updater.AdaDelta(rate(settings), settings.number("rho"), epsilon(settings))));

  private UpdaterKinds() {}

  private static List<Setting> adam(double rate) {
    return List.of(
        rate(rate),
        fraction("beta1", "part of the mean gradient that a step keeps").or(0.9),
        fraction("beta2", "part of the mean squared gradient that a step keeps").or(0.999),
        epsilon(1e-8));
  }

  private static List<Setting> adamW() {
    Setting decay =
        Setting.numberFrom("weight-decay", 0, "a step takes learning-rate · this off each weight");
    return Stream.concat(adam(1e-3).stream(), Stream.of(decay.or(0.01))).toList();
  }

  private static Setting rate(double defaultValue) {
    return Setting.numberAbove("learning-rate", 0, "size of a step").or(defaultValue);
  }

  private static double rate(Settings settings) {
    return settings.number("learning-rate");
  }

  private static double beta1(Settings settings) {
    return settings.number("beta1");
  }

  private static double beta2(Settings settings) {
    return settings.number("beta2");
  }

  private static Setting epsilon(double defaultValue) {
    return Setting.numberAbove("epsilon", 0, "what is added to the denominator").or(defaultValue);
  }

  private static double epsilon(Settings settings) {
    return settings.number("epsilon");
  }

  private static Setting rho(double defaultValue) {
    return fraction("rho", "part of the mean squared gradient that a step keeps").or(defaultValue);
  }

  private static Setting momentum() {
    return fraction("momentum", "part of its last change that a step keeps").or(0.9);
  }

  private static Setting fraction(String name, String doc) {
    return Setting.number(name, 0, End.INCLUDED, 1, End.EXCLUDED, doc);
  }
}
