package org.fettle.driver.job;

import java.util.List;
import org.fettle.optimizers.engine.EngineProvider;
import org.fettle.optimizers.network.NetworkTemplateProvider;
import org.fettle.search.prune.PrunerProvider;
import org.fettle.search.settings.Providers;
import org.fettle.search.stop.StopRuleProvider;
import org.fettle.search.suggest.SuggesterProvider;

/** The components that a job can name. */
public record Catalog(
    List<NetworkTemplateProvider> templates,
    List<EngineProvider> engines,
    List<SuggesterProvider> suggesters,
    List<PrunerProvider> pruners,
    List<StopRuleProvider> stopRules) {

  public Catalog {
    templates = List.copyOf(templates);
    engines = List.copyOf(engines);
    suggesters = List.copyOf(suggesters);
    pruners = List.copyOf(pruners);
    stopRules = List.copyOf(stopRules);
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
        Providers.all(SuggesterProvider.class),
        Providers.all(PrunerProvider.class),
        Providers.all(StopRuleProvider.class));
  }
}
