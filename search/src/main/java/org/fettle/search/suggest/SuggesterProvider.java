package org.fettle.search.suggest;

import org.fettle.search.settings.Provider;
import org.fettle.search.settings.Settings;

/** Makes a suggester of one kind; found by {@link java.util.ServiceLoader}. */
public interface SuggesterProvider extends Provider {

  /** How many goals a study may have; a suggester refuses the history of one with more. */
  default int mostGoals() {
    return Integer.MAX_VALUE;
  }

  /** Makes a suggester with checked settings. */
  Suggester create(Settings settings);
}
