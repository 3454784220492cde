package org.fettle.search.suggest.tpe;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType.NumberRange.End;
import org.fettle.search.settings.Settings;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterProvider;

/** Provides {@link TpeSuggester}. */
public final class TpeProvider implements SuggesterProvider {

  // On trees of parameters the whole tree beat groups, and both the independent densities.
  private static final Setting MODEL =
      Setting.word(
              "model",
              TpeSettings.Model.class,
              "one density over the tree of parameters, one a group that is active together, or"
                  + " one a parameter")
          .or("tree");

  // 10 start-up trials, 24 candidates, a share of 0.1 and at most 25 good trials: Optuna 5.0.
  private static final Setting STARTUP =
      Setting.integer("startup", 1, 1_000_000, "random trials before the model takes over").or(10L);

  private static final Setting CANDIDATES =
      Setting.integer("candidates", 1, 100_000, "places that are compared for each suggestion")
          .or(24L);

  private static final Setting GOOD_SHARE =
      Setting.number(
              "good-share", 0, End.EXCLUDED, 1, End.EXCLUDED, "share of the trials taken as good")
          .or(0.1);

  private static final Setting MOST_GOOD =
      Setting.integer("most-good", 1, 1_000_000, "trials taken as good at most, with a single goal")
          .or(25L);

  // Bergstra et al. 2011 and Optuna 5.0.
  private static final Setting PRIOR_WEIGHT =
      Setting.numberAbove("prior-weight", 0, "weight of the uniform prior, in trials").or(1.0);

  private static final Setting BANDWIDTH =
      Setting.numberAbove("bandwidth", 0, "width of the kernels, in units of Scott's rule").or(0.8);

  // Measured with 0.15, 0.25 and 0.4 on nine trees; the README has the figures.
  private static final Setting EXPLORATION =
      Setting.number(
              "exploration",
              0,
              End.INCLUDED,
              1,
              End.INCLUDED,
              "largest share of the suggestions in a tree that goes to branches which are behind")
          .or(0.5);

  @Override
  public String name() {
    return TpeSuggester.NAME;
  }

  @Override
  public String doc() {
    return "tree-structured Parzen estimator: tries what good trials have and others have not";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        MODEL, STARTUP, CANDIDATES, GOOD_SHARE, MOST_GOOD, PRIOR_WEIGHT, BANDWIDTH, EXPLORATION);
  }

  @Override
  public Suggester create(Settings settings) {
    return new TpeSuggester(
        new TpeSettings(
            settings.word("model", TpeSettings.Model.class),
            Math.toIntExact(settings.integer("startup")),
            Math.toIntExact(settings.integer("candidates")),
            settings.number("good-share"),
            Math.toIntExact(settings.integer("most-good")),
            settings.number("prior-weight"),
            settings.number("bandwidth"),
            settings.number("exploration")));
  }
}
