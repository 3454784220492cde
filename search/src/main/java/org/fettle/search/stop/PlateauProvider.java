package org.fettle.search.stop;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** Provides {@link PlateauRule}. */
public final class PlateauProvider implements StopRuleProvider {

  // 30 is what Optuna's BestValueStagnationEvaluator waits for.
  private static final Setting PATIENCE =
      Setting.integer("patience", 1, Integer.MAX_VALUE, "trials without improvement").or(30L);
  private static final Setting IMPROVEMENT =
      Setting.numberFrom("improvement", 0, "a smaller gain is none, in units of the metric")
          .or(0.0);

  @Override
  public String name() {
    return "plateau";
  }

  @Override
  public String doc() {
    return "ends a study that no longer improves";
  }

  @Override
  public List<Setting> settings() {
    return List.of(PATIENCE, IMPROVEMENT);
  }

  @Override
  public StopRule create(Settings settings) {
    return new PlateauRule(
        Math.toIntExact(settings.integer("patience")), settings.number("improvement"));
  }
}
