package org.fettle.search.stop;

import java.time.Duration;
import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** Provides {@link DurationRule}. */
public final class DurationProvider implements StopRuleProvider {

  private static final double MILLIS = 60_000;

  @Override
  public String name() {
    return "duration";
  }

  @Override
  public String doc() {
    return "ends a study after so long";
  }

  @Override
  public List<Setting> settings() {
    return List.of(Setting.numberAbove("minutes", 0, "time at work, in minutes"));
  }

  @Override
  public StopRule create(Settings settings) {
    return new DurationRule(Duration.ofMillis(Math.round(settings.number("minutes") * MILLIS)));
  }
}
