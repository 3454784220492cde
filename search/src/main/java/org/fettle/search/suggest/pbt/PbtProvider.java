package org.fettle.search.suggest.pbt;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterProvider;

/** Provides {@link PbtSuggester}. */
public final class PbtProvider implements SuggesterProvider {

  @Override
  public String name() {
    return PbtSuggester.NAME;
  }

  @Override
  public String doc() {
    return "population based training: changes settings while it trains";
  }

  @Override
  public List<Setting> settings() {
    return PbtSettings.DECLARED;
  }

  @Override
  public int mostGoals() {
    return 1;
  }

  @Override
  public Suggester create(Settings settings) {
    return new PbtSuggester(PbtSettings.of(settings));
  }
}
