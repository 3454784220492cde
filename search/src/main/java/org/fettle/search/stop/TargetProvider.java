package org.fettle.search.stop;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType.NumberRange.End;
import org.fettle.search.settings.Settings;

/** Provides {@link TargetRule}. */
public final class TargetProvider implements StopRuleProvider {

  @Override
  public String name() {
    return "target";
  }

  @Override
  public String doc() {
    return "ends a study when the goal has reached a value";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.number(
            "value",
            Double.NEGATIVE_INFINITY,
            End.EXCLUDED,
            Double.POSITIVE_INFINITY,
            End.EXCLUDED,
            "value of the first goal that is good enough"));
  }

  @Override
  public StopRule create(Settings settings) {
    return new TargetRule(settings.number("value"));
  }
}
