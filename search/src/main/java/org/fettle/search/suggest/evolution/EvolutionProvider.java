package org.fettle.search.suggest.evolution;

import java.util.List;
import java.util.OptionalInt;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType.NumberRange.End;
import org.fettle.search.settings.Settings;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterProvider;

/** Provides {@link EvolutionSuggester}. */
public final class EvolutionProvider implements SuggesterProvider {

  // The rule of OptunaHub's AutoSampler: NSGA-II for up to three goals, NSGA-III beyond.
  private static final Setting SELECTION =
      Setting.word("selection", Selection.class, "how a front too large for its place is thinned")
          .or("auto");
  private static final Setting POPULATION =
      Setting.integer(
              "population", 2, 1_000_000, "trials that may have children; else a tenth, 10 to 100")
          .orNone();
  // As many as TPE and GP draw at random in Optuna; a whole population would be half a study.
  private static final Setting STARTUP =
      Setting.integer("startup", 2, 1_000_000, "completed trials before the first child").or(10L);
  // 3 is Optuna's NSGAIIISampler.
  private static final Setting DIVISIONS =
      Setting.integer("divisions", 1, 100, "parts of each goal's axis between reference points")
          .or(3L);
  // 0.9, one gene on average and 20 are the values of the NSGA-II paper.
  private static final Setting CROSSOVER =
      Setting.number(
              "crossover", 0, End.INCLUDED, 1, End.INCLUDED, "how often two parents are crossed")
          .or(0.9);
  private static final Setting MUTATION =
      Setting.numberFrom("mutation", 0, "genes that are mutated on average").or(1.0);
  private static final Setting SPREAD =
      Setting.numberFrom("spread", 0, "the greater, the closer are children to their parents")
          .or(20.0);

  @Override
  public String name() {
    return EvolutionSuggester.NAME;
  }

  @Override
  public String doc() {
    return "crosses and mutates the best trials so far (NSGA-II and NSGA-III without generations)";
  }

  @Override
  public List<Setting> settings() {
    return List.of(SELECTION, POPULATION, STARTUP, DIVISIONS, CROSSOVER, MUTATION, SPREAD);
  }

  @Override
  public Suggester create(Settings settings) {
    return new EvolutionSuggester(
        settings.word("selection", Selection.class),
        settings
            .optionalInteger("population")
            .map(size -> OptionalInt.of(Math.toIntExact(size)))
            .orElse(OptionalInt.empty()),
        Math.toIntExact(settings.integer("startup")),
        Math.toIntExact(settings.integer("divisions")),
        new Variation(
            settings.number("crossover"), settings.number("mutation"), settings.number("spread")));
  }
}
