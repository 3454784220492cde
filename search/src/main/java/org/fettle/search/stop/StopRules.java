package org.fettle.search.stop;

import java.util.Map;
import org.fettle.search.settings.Providers;
import org.fettle.search.settings.Settings;

/** The stop rules on the class path, by name. */
public final class StopRules {

  private StopRules() {}

  /**
   * A stop rule with its settings.
   *
   * @throws IllegalArgumentException if there is no such rule, naming those there are, or a setting
   *     is unknown, missing or out of range
   */
  public static StopRule named(String name, Map<String, ?> settings) {
    StopRuleProvider provider = Providers.named(StopRuleProvider.class, name);
    return provider.create(Settings.of(provider.settings(), settings));
  }
}
