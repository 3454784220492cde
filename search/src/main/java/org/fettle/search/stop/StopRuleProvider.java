package org.fettle.search.stop;

import org.fettle.search.settings.Provider;
import org.fettle.search.settings.Settings;

/** Makes a stop rule of one kind; found by {@link java.util.ServiceLoader}. */
public interface StopRuleProvider extends Provider {

  /** Makes a stop rule with checked settings. */
  StopRule create(Settings settings);
}
