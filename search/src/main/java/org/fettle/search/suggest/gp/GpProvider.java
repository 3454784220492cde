package org.fettle.search.suggest.gp;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterProvider;

/** Provides {@link GpSuggester}. */
public final class GpProvider implements SuggesterProvider {

  @Override
  public String name() {
    return GpSuggester.NAME;
  }

  @Override
  public String doc() {
    return "models the scores with a Gaussian process and tries what it expects to improve most";
  }

  @Override
  public List<Setting> settings() {
    return GpSettings.declared();
  }

  @Override
  public Suggester create(Settings settings) {
    return new GpSuggester(GpSettings.of(settings));
  }
}
