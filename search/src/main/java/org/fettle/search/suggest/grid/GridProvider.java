package org.fettle.search.suggest.grid;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterProvider;

/** Provides {@link GridSuggester}. */
public final class GridProvider implements SuggesterProvider {

  // 10 is what Keras Tuner's GridSearch takes for a range without a step.
  private static final Setting POINTS =
      Setting.integer(
              "points", 1, 1_000_000, "values of a parameter that is continuous or has no step")
          .or(10L);

  @Override
  public String name() {
    return GridSuggester.NAME;
  }

  @Override
  public String doc() {
    return "tries every combination of a few values of each parameter, once";
  }

  @Override
  public List<Setting> settings() {
    return List.of(POINTS);
  }

  @Override
  public Suggester create(Settings settings) {
    return new GridSuggester(Math.toIntExact(settings.integer("points")));
  }
}
