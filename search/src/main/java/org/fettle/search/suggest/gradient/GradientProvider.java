package org.fettle.search.suggest.gradient;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType.NumberRange.End;
import org.fettle.search.settings.Settings;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterProvider;

/** Provides {@link GradientSuggester}. */
public final class GradientProvider implements SuggesterProvider {

  // As many points as TPE and GP draw before they learn.
  private static final Setting STARTUP =
      Setting.integer("startup", 1, 200, "points of an even cover before the first descent")
          .or(10L);
  // A score's noise drowns a shorter difference.
  private static final Setting DIFFERENCE =
      Setting.number(
              "difference", 0, End.EXCLUDED, 0.5, End.INCLUDED, "first difference, part of a range")
          .or(0.05);
  // A half and a quarter of the step: backtracking in one round.
  private static final Setting STEPS =
      Setting.integer("steps", 1, 30, "lengths of a step that are tried at once").or(3L);
  // A thousandth of a range seldom tells two trained networks apart.
  private static final Setting TOLERANCE =
      Setting.numberAbove("tolerance", 0, "shortest difference, part of a range").or(1e-3);

  @Override
  public String name() {
    return GradientSuggester.NAME;
  }

  @Override
  public String doc() {
    return "descends along gradients from finite differences that are tried in parallel; one goal";
  }

  @Override
  public int mostGoals() {
    return 1;
  }

  @Override
  public List<Setting> settings() {
    return List.of(STARTUP, DIFFERENCE, STEPS, TOLERANCE);
  }

  @Override
  public Suggester create(Settings settings) {
    return new GradientSuggester(
        new Knobs(
            Math.toIntExact(settings.integer("startup")),
            settings.number("difference"),
            Math.toIntExact(settings.integer("steps")),
            settings.number("tolerance")));
  }
}
