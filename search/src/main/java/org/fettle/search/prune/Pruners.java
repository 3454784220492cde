package org.fettle.search.prune;

import java.util.Map;
import org.fettle.search.settings.Providers;
import org.fettle.search.settings.Settings;

/** The pruners on the class path, by name. */
public final class Pruners {

  private Pruners() {}

  /** A pruner with its default settings. */
  public static Pruner named(String name) {
    return named(name, Map.of());
  }

  /**
   * A pruner with some settings given.
   *
   * @throws IllegalArgumentException if there is no such pruner, naming those there are, or a
   *     setting is unknown or out of range
   */
  public static Pruner named(String name, Map<String, ?> settings) {
    PrunerProvider provider = Providers.named(PrunerProvider.class, name);
    return provider.create(Settings.of(provider.settings(), settings));
  }
}
