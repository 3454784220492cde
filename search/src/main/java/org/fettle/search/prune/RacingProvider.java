package org.fettle.search.prune;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType.NumberRange.End;
import org.fettle.search.settings.Settings;

/** Provides {@link RacingPruner}. */
public final class RacingProvider implements PrunerProvider {

  // Of the paper's two rules the one that its study found reliable.
  private static final Setting RULE =
      Setting.word("rule", Rule.class, "what the mean of the folds must not be behind")
          .or("forgiving");
  // 0.1 and 2 are the defaults of Optuna's WilcoxonPruner.
  private static final Setting SIGNIFICANCE =
      Setting.number(
              "significance",
              0,
              End.INCLUDED,
              1,
              End.EXCLUDED,
              "stop where folds are as far behind by chance less often; 0 for no test")
          .or(0.1);
  private static final Setting PAIRS =
      Setting.integer("pairs", 1, Integer.MAX_VALUE, "folds to be paired before the test is asked")
          .or(2L);

  @Override
  public String name() {
    return "racing";
  }

  @Override
  public String doc() {
    return "spares a trial its last folds where the first show that it will not win";
  }

  @Override
  public List<Setting> settings() {
    return List.of(RULE, SIGNIFICANCE, PAIRS);
  }

  @Override
  public Pruner create(Settings settings) {
    return new RacingPruner(
        settings.word("rule", Rule.class),
        settings.number("significance"),
        Math.toIntExact(settings.integer("pairs")));
  }
}
