package org.fettle.optimizers.network;

import org.fettle.optimizers.data.Task;
import org.fettle.search.settings.Provider;
import org.fettle.search.settings.Settings;

/** Makes networks of one family from a few settings. */
public interface NetworkTemplateProvider extends Provider {

  /**
   * Returns the network for rows of the given shape.
   *
   * @param settings values of what {@link #settings()} declares
   * @throws IllegalArgumentException where there can be no such network
   */
  NetworkSpec build(Settings settings, Shape input, Task task);
}
