package org.fettle.search.stop;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** Provides {@link TrialsRule}. */
public final class TrialsProvider implements StopRuleProvider {

  @Override
  public String name() {
    return "trials";
  }

  @Override
  public String doc() {
    return "ends a study after so many trials";
  }

  @Override
  public List<Setting> settings() {
    return List.of(Setting.integer("trials", 1, Integer.MAX_VALUE, "trials that were started"));
  }

  @Override
  public StopRule create(Settings settings) {
    return new TrialsRule(Math.toIntExact(settings.integer("trials")));
  }
}
