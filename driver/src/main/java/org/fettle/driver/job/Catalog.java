package org.fettle.driver.job;

import java.util.List;
import org.fettle.optimizers.engine.EngineProvider;
import org.fettle.optimizers.network.NetworkTemplateProvider;
import org.fettle.search.settings.Providers;
import org.fettle.search.suggest.SuggesterProvider;

/** The components that a job can name. */
public record Catalog(
    List<NetworkTemplateProvider> templates,
    List<EngineProvider> engines,
    List<SuggesterProvider> suggesters) {

  public Catalog {
    templates = List.copyOf(templates);
    engines = List.copyOf(engines);
    suggesters = List.copyOf(suggesters);
  }

  /**
   * What is on the class path.
   *
   * @throws IllegalStateException where two components of a kind have the same name
   */
  public static Catalog onClassPath() {
    return new Catalog(
        Providers.all(NetworkTemplateProvider.class),
        Providers.all(EngineProvider.class),
        Providers.all(SuggesterProvider.class));
  }
}
