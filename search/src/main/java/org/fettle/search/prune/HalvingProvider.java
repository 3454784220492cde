package org.fettle.search.prune;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** Provides {@link HalvingPruner}. */
public final class HalvingProvider implements PrunerProvider {

  // 1 and 3 are Syne Tune's ASHA; Ray and Optuna reduce by 4, which stops more on less.
  static final Setting GRACE =
      Setting.integer("grace", 1, Integer.MAX_VALUE, "steps up to the first rung").or(1L);
  static final Setting REDUCTION =
      Setting.integer("reduction", 2, 1_000, "of so many trials one passes each rung").or(3L);

  @Override
  public String name() {
    return "halving";
  }

  @Override
  public String doc() {
    return "lets the best of those that come to a rung go on (asynchronous successive halving)";
  }

  @Override
  public List<Setting> settings() {
    return List.of(GRACE, REDUCTION, Scope.FOLDS);
  }

  @Override
  public Pruner create(Settings settings) {
    return new HalvingPruner(
        Math.toIntExact(settings.integer("grace")),
        Math.toIntExact(settings.integer("reduction")),
        Math.toIntExact(settings.integer("folds")));
  }
}
