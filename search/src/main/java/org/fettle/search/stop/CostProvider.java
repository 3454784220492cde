package org.fettle.search.stop;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** Provides {@link CostRule}. */
public final class CostProvider implements StopRuleProvider {

  @Override
  public String name() {
    return "cost";
  }

  @Override
  public String doc() {
    return "ends a study when its trials have cost so much";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.text("metric", "the metric in which a trial says what it has cost"),
        Setting.numberAbove("limit", 0, "cost of all trials together, in units of the metric"));
  }

  @Override
  public StopRule create(Settings settings) {
    return new CostRule(settings.text("metric"), settings.number("limit"));
  }
}
