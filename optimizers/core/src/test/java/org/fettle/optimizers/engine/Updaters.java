package org.fettle.optimizers.engine;

import java.util.stream.Stream;
import org.fettle.optimizers.training.Updater;

/** Updaters of every kind, with and without what can be left out. */
public final class Updaters {

  private Updaters() {}

  /** Each of them moves a weight by about as much. */
  public static Stream<Updater> all() {
    return Stream.of(
        new Updater.GradientDescent(0.1),
        new Updater.Sgd(0.1, 0),
        new Updater.Sgd(0.05, 0.9),
        new Updater.Momentum(0.05, 0.9),
        new Updater.Nesterov(0.05, 0.9),
        new Updater.Adam(0.01, 0.9, 0.999, 1e-8),
        new Updater.Adam(0.05, 0.5, 0.8, 1e-3),
        new Updater.AdamW(0.01, 0.9, 0.999, 1e-8, 0.5),
        new Updater.AmsGrad(0.05, 0.9, 0.9, 1e-8),
        new Updater.Nadam(0.02, 0.9, 0.999, 1e-8),
        new Updater.AdaMax(0.02, 0.9, 0.999, 1e-8),
        new Updater.RmsProp(0.02, 0.9, 1e-8),
        new Updater.AdaGrad(0.1, 1e-10),
        new Updater.AdaDelta(1, 0.9, 1e-3));
  }
}
