package org.fettle.optimizers.engine;

import org.fettle.search.settings.Provider;
import org.fettle.search.settings.Settings;

/** Makes an engine. */
public interface EngineProvider extends Provider {

  /**
   * Returns the engine.
   *
   * @param settings values of what {@link #settings()} declares
   */
  Engine create(Settings settings);
}
