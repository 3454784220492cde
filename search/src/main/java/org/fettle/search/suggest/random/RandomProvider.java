package org.fettle.search.suggest.random;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterProvider;

/** Provides {@link RandomSuggester}. */
public final class RandomProvider implements SuggesterProvider {

  @Override
  public String name() {
    return RandomSuggester.NAME;
  }

  @Override
  public String doc() {
    return "draws each parameter independently, uniform on its scale";
  }

  @Override
  public List<Setting> settings() {
    return List.of();
  }

  @Override
  public Suggester create(Settings settings) {
    return new RandomSuggester();
  }
}
