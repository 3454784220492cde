package org.fettle.optimizers.training;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType.NumberRange.End;

/** The losses that a job file can name. */
final class LossKinds {

  static final List<Kind<Loss>> ALL =
      List.of(
          new Kind<>(
              "cross-entropy",
              "for classes: −ln of the probability of the right class",
              List.of(
                  Setting.word(
                          "class-weights",
                          Loss.ClassWeights.class,
                          "balanced: every class counts as much, however rare")
                      .or("none"),
                  Setting.number(
                          "label-smoothing",
                          0,
                          End.INCLUDED,
                          1,
                          End.EXCLUDED,
                          "part of the right class's probability that all classes share")
                      .or(0.0)),
              settings ->
                  new Loss.CrossEntropy(
                      settings.word("class-weights", Loss.ClassWeights.class),
                      settings.number("label-smoothing"))),
          new Kind<>(
              "hinge",
              "for classes: by how much the right one is not first by a margin of 1",
              List.of(Setting.flag("squared", "whether to take its square").or(false)),
              settings -> new Loss.Hinge(settings.flag("squared"))),
          new Kind<>(
              "mse",
              "for values: mean squared error",
              List.of(),
              settings -> new Loss.MeanSquaredError()),
          new Kind<>(
              "mae",
              "for values: mean absolute error",
              List.of(),
              settings -> new Loss.MeanAbsoluteError()),
          new Kind<>(
              "huber",
              "for values: squared error where small, absolute error where large",
              List.of(
                  Setting.numberAbove(
                          "delta", 0, "where large begins, in standard deviations of the target")
                      .or(1.0)),
              settings -> new Loss.Huber(settings.number("delta"))),
          new Kind<>(
              "poisson",
              "for counts and other values from 0 on: −ln of their Poisson probability",
              List.of(),
              settings -> new Loss.Poisson()));

  private LossKinds() {}
}
