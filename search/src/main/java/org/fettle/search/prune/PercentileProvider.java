package org.fettle.search.prune;

import java.util.List;
import java.util.stream.Stream;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType.NumberRange.End;
import org.fettle.search.settings.Settings;

/** Provides {@link PercentilePruner}. */
public final class PercentileProvider implements PrunerProvider {

  // 5 is what Optuna's MedianPruner and PercentilePruner wait for.
  static final Setting STARTUP =
      Setting.integer(
              "startup", 0, Integer.MAX_VALUE, "trials that must complete before any is stopped")
          .or(5L);
  // 25 is the example of Optuna's PercentilePruner, which has no default.
  private static final Setting PERCENTILE =
      Setting.number(
              "percentile", 0, End.EXCLUDED, 100, End.EXCLUDED, "how many of a hundred may go on")
          .or(25.0);

  @Override
  public String name() {
    return "percentile";
  }

  @Override
  public String doc() {
    return "stops a trial that is behind a percentile of the others at the same step";
  }

  @Override
  public List<Setting> settings() {
    return Stream.concat(Stream.of(PERCENTILE, STARTUP), Scope.SETTINGS.stream()).toList();
  }

  @Override
  public Pruner create(Settings settings) {
    return new PercentilePruner(
        settings.number("percentile"),
        Math.toIntExact(settings.integer("startup")),
        Scope.of(settings));
  }
}
