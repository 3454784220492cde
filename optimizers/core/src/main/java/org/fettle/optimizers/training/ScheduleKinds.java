package org.fettle.optimizers.training;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType.NumberRange.End;
import org.fettle.search.settings.Settings;

/** The schedules that a job file can name. */
final class ScheduleKinds {

  static final List<Kind<Schedule>> ALL =
      List.of(
          new Kind<>(
              "fixed", "the same rate in every step", List.of(), settings -> new Schedule.Fixed()),
          new Kind<>(
              "exponential",
              "multiplied by factor after each epoch",
              List.of(factor("what an epoch multiplies the rate by", 0.95)),
              settings -> new Schedule.Exponential(settings.number("factor"))),
          new Kind<>(
              "step",
              "multiplied by factor once in so many epochs",
              List.of(
                  count("every", 1, "epochs between two changes").or(10L),
                  factor("what a change multiplies the rate by", 0.1)),
              settings -> new Schedule.Step(count(settings, "every"), settings.number("factor"))),
          new Kind<>(
              "polynomial",
              "falls as a power of the steps left, from step to step",
              List.of(
                  Setting.numberAbove("power", 0, "1 for a straight line").or(1.0),
                  end("the last step", 0)),
              settings ->
                  new Schedule.Polynomial(settings.number("power"), settings.number("end"))),
          new Kind<>(
              "inverse",
              "divided by 1 + decay · epochs, from step to step",
              List.of(Setting.numberFrom("decay", 0, "growth of the divisor per epoch").or(0.1)),
              settings -> new Schedule.Inverse(settings.number("decay"))),
          new Kind<>(
              "cosine",
              "falls along half a cosine, from step to step (Loshchilov, Hutter 2017)",
              List.of(
                  count("restarts", 0, "how often it begins anew").or(0L),
                  count("stretch", 1, "length of a cycle over that of the one before").or(1L),
                  end("a cycle", 0)),
              settings ->
                  new Schedule.Cosine(
                      count(settings, "restarts"),
                      count(settings, "stretch"),
                      settings.number("end"))),
          // Defaults are those of PyTorch.
          new Kind<>(
              "one-cycle",
              "rises to the learning rate, then falls far below (Smith, Topin 2018)",
              List.of(
                  part("rise", "part of the steps in which it rises").or(0.3),
                  part("start", "of the learning rate, in the first step").or(0.04),
                  end("the last step", 4e-6)),
              settings ->
                  new Schedule.OneCycle(
                      settings.number("rise"), settings.number("start"), settings.number("end"))),
          // Defaults are those of PyTorch and Keras.
          new Kind<>(
              "plateau",
              "multiplied by factor when an epoch's result has not become better for long",
              List.of(
                  Setting.word("watch", Schedule.Plateau.Watched.class, "what is to become better")
                      .or("training-loss"),
                  Setting.number(
                          "factor",
                          0,
                          End.INCLUDED,
                          1,
                          End.EXCLUDED,
                          "what a change multiplies the rate by")
                      .or(0.1),
                  count("patience", 1, "epochs without a better result before a change").or(10L),
                  Setting.numberFrom("min-delta", 0, "by how much a better result is better")
                      .or(1e-4),
                  end("all changes", 0)),
              settings ->
                  new Schedule.Plateau(
                      settings.word("watch", Schedule.Plateau.Watched.class),
                      settings.number("factor"),
                      count(settings, "patience"),
                      settings.number("min-delta"),
                      settings.number("end"))));

  private ScheduleKinds() {}

  private static Setting factor(String doc, double defaultValue) {
    return Setting.number("factor", 0, End.EXCLUDED, 1, End.INCLUDED, doc).or(defaultValue);
  }

  private static Setting part(String name, String doc) {
    return Setting.number(name, 0, End.INCLUDED, 1, End.INCLUDED, doc);
  }

  private static Setting end(String of, double defaultValue) {
    return part("end", "of the learning rate, after " + of).or(defaultValue);
  }

  private static Setting count(String name, long low, String doc) {
    return Setting.integer(name, low, 1_000_000, doc);
  }

  private static int count(Settings settings, String name) {
    return Math.toIntExact(settings.integer(name));
  }
}
