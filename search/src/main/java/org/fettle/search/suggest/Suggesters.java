package org.fettle.search.suggest;

import java.util.Map;
import org.fettle.search.settings.Providers;
import org.fettle.search.settings.Settings;

/** The suggesters on the class path, by name. */
public final class Suggesters {

  private Suggesters() {}

  /** A suggester with its default settings. */
  public static Suggester named(String name) {
    return named(name, Map.of());
  }

  /**
   * A suggester with some settings given.
   *
   * @throws IllegalArgumentException if there is no such suggester, naming those there are, or a
   *     setting is unknown or out of range
   */
  public static Suggester named(String name, Map<String, ?> settings) {
    SuggesterProvider provider = Providers.named(SuggesterProvider.class, name);
    return provider.create(Settings.of(provider.settings(), settings));
  }
}
