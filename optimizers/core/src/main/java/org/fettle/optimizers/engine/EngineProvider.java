package org.fettle.optimizers.engine;

import java.util.Optional;
import java.util.Set;
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

  /** By which exchanges workers in several processes can train the engine's networks. */
  default Set<Exchange> exchanges() {
    return Set.of();
  }

  /**
   * Says why jobs that leave their engine open should take this one; empty where only those should
   * that name it. Loads nothing: it is asked on the driver.
   *
   * @param template name of the job's network template
   */
  default Optional<Claim> claim(String template) {
    return Optional.empty();
  }

  /**
   * How many MiB outside the heap its libraries take in each process, as an estimate for the size
   * of executors, beside ND4J, which every engine loads.
   */
  default int libraryMebibytes() {
    return 0;
  }
}
