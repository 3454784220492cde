package org.fettle.search.suggest.auto;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterProvider;

/** Provides {@link AutoSuggester}. */
public final class AutoProvider implements SuggesterProvider {

  @Override
  public String name() {
    return AutoSuggester.NAME;
  }

  @Override
  public String doc() {
    return "picks a suggester by space, goals, trials and parallelism";
  }

  @Override
  public List<Setting> settings() {
    return List.of();
  }

  @Override
  public Suggester create(Settings settings) {
    return new AutoSuggester();
  }
}
