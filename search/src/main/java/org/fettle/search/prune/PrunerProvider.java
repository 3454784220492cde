package org.fettle.search.prune;

import org.fettle.search.settings.Provider;
import org.fettle.search.settings.Settings;

/** Makes a pruner of one kind; found by {@link java.util.ServiceLoader}. */
public interface PrunerProvider extends Provider {

  /** Makes a pruner with checked settings. */
  Pruner create(Settings settings);
}
