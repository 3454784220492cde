package org.fettle.search.prune;

import java.util.List;
import java.util.OptionalInt;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** Provides {@link HyperbandPruner}. */
public final class HyperbandProvider implements PrunerProvider {

  private static final Setting STEPS =
      Setting.integer(
              "steps", 1, Integer.MAX_VALUE, "steps of a whole fold; else a completed trial's most")
          .orNone();

  @Override
  public String name() {
    return "hyperband";
  }

  @Override
  public String doc() {
    return "runs several brackets of halving that start later and later";
  }

  @Override
  public List<Setting> settings() {
    return List.of(HalvingProvider.GRACE, HalvingProvider.REDUCTION, STEPS, Scope.FOLDS);
  }

  @Override
  public Pruner create(Settings settings) {
    return new HyperbandPruner(
        Math.toIntExact(settings.integer("grace")),
        Math.toIntExact(settings.integer("reduction")),
        settings
            .optionalInteger("steps")
            .map(steps -> OptionalInt.of(Math.toIntExact(steps)))
            .orElse(OptionalInt.empty()),
        Math.toIntExact(settings.integer("folds")));
  }
}
