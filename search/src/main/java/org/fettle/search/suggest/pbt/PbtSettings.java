package org.fettle.search.suggest.pbt;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType;
import org.fettle.search.settings.SettingType.NumberRange.End;
import org.fettle.search.settings.Settings;

/**
 * How a population is trained.
 *
 * @param population members at least; as many as trials are in flight, if that is more
 * @param generations trials that a member trains in, one after the other
 * @param truncation the part of the population that is worst, and is replaced from that which is
 *     best
 * @param resample how often a parameter is drawn anew rather than perturbed
 * @param shrink what a perturbed number is multiplied by, or else by {@code grow}
 * @param hold names of parameters that stay as they are in the parent
 */
record PbtSettings(
    int population,
    int generations,
    double truncation,
    double resample,
    double shrink,
    double grow,
    List<String> hold) {

  /** Truncation and factors are the paper's, resampling Ray Tune's and Syne Tune's. */
  static final List<Setting> DECLARED =
      List.of(
          Setting.integer("population", 2, 100_000, "members; at least as many as run at once")
              .or(10L),
          Setting.integer(
                  "generations",
                  2,
                  100_000,
                  "trials of a member, each of so many parts of the epochs; between them it may go"
                      + " on from a better member's end")
              .or(10L),
          Setting.number(
                  "truncation",
                  0,
                  End.EXCLUDED,
                  0.5,
                  End.INCLUDED,
                  "part of the members, the worst, that go on from one of the same part, the best")
              .or(0.2),
          Setting.number(
                  "resample",
                  0,
                  End.INCLUDED,
                  1,
                  End.INCLUDED,
                  "how often a parameter is then drawn anew, and not perturbed")
              .or(0.25),
          Setting.number(
                  "shrink",
                  0,
                  End.EXCLUDED,
                  1,
                  End.INCLUDED,
                  "what a perturbed number is multiplied by, or by grow")
              .or(0.8),
          Setting.number(
                  "grow",
                  1,
                  End.INCLUDED,
                  100,
                  End.INCLUDED,
                  "what a perturbed number is multiplied by, or by shrink")
              .or(1.2),
          Setting.list(
                  "hold",
                  new SettingType.Text(),
                  "names of parameters that are not changed under way; those of the model, and of"
                      + " training those that cannot be, are held anyway")
              .or(List.of()));

  PbtSettings {
    hold = List.copyOf(hold);
  }

  static PbtSettings of(Settings settings) {
    return new PbtSettings(
        Math.toIntExact(settings.integer("population")),
        Math.toIntExact(settings.integer("generations")),
        settings.number("truncation"),
        settings.number("resample"),
        settings.number("shrink"),
        settings.number("grow"),
        settings.list("hold").stream().map(String.class::cast).toList());
  }

  /** Whether a parameter may not be changed. */
  boolean holds(String parameter) {
    return hold.contains(parameter);
  }
}
