package org.fettle.search.suggest.quasirandom;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterProvider;

/** Provides {@link QuasiRandomSuggester}. */
public final class QuasiRandomProvider implements SuggesterProvider {

  // Sobol is the default of Optuna's QMCSampler and of SMAC's initial design.
  private static final Setting SEQUENCE =
      Setting.word("sequence", Sequence.class, "which scrambled sequence the points are taken from")
          .or("sobol");

  @Override
  public String name() {
    return QuasiRandomSuggester.NAME;
  }

  @Override
  public String doc() {
    return "covers the space evenly with the points of a scrambled Sobol or Halton sequence";
  }

  @Override
  public List<Setting> settings() {
    return List.of(SEQUENCE);
  }

  @Override
  public Suggester create(Settings settings) {
    return new QuasiRandomSuggester(settings.word("sequence", Sequence.class));
  }
}
