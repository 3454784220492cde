package org.fettle.search.suggest.cmaes;

import java.util.List;
import java.util.OptionalInt;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType.NumberRange.End;
import org.fettle.search.settings.Settings;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterProvider;

/** Provides {@link CmaesSuggester}. */
public final class CmaesProvider implements SuggesterProvider {

  // Hansen's; of 8, 16, 32 and 64 at 64 in flight 8 had the best median and 16 the best worst case.
  private static final Setting POPULATION =
      Setting.integer(
              "population",
              4,
              1_000_000,
              "trials in a generation; else 4 + 3 ln d, or parallelism / 4")
          .orNone();
  // A sixth of the range is the first step of Optuna's CmaEsSampler.
  private static final Setting STEP =
      Setting.number(
              "step", 0, End.EXCLUDED, 1, End.INCLUDED, "first deviation, as part of a range")
          .or(1.0 / 6);
  // Both published rules need no choice of population; this is the simpler one.
  private static final Setting RESTARTS =
      Setting.word("restarts", Restarts.class, "what follows a run that has converged").or("ipop");
  // A millionth of a range tells no two trained networks apart.
  private static final Setting TOLERANCE =
      Setting.numberAbove("tolerance", 0, "a run has converged below this deviation").or(1e-6);
  private static final Setting WARM_START =
      Setting.flag("warm-start", "start from the best tenth of other suggesters' trials").or(true);

  @Override
  public String name() {
    return CmaesSuggester.NAME;
  }

  @Override
  public String doc() {
    return "adapts a normal distribution to the best trials (CMA-ES with margin); one goal";
  }

  @Override
  public int mostGoals() {
    return 1;
  }

  @Override
  public List<Setting> settings() {
    return List.of(POPULATION, STEP, RESTARTS, TOLERANCE, WARM_START);
  }

  @Override
  public Suggester create(Settings settings) {
    OptionalInt population =
        settings
            .optionalInteger("population")
            .map(size -> OptionalInt.of(Math.toIntExact(size)))
            .orElse(OptionalInt.empty());
    return new CmaesSuggester(
        new Knobs(
            population,
            settings.number("step"),
            settings.word("restarts", Restarts.class),
            settings.number("tolerance"),
            settings.flag("warm-start")));
  }
}
