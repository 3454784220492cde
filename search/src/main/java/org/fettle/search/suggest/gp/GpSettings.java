package org.fettle.search.suggest.gp;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType.NumberRange.End;
import org.fettle.search.settings.Settings;

/**
 * The settings of {@link GpSuggester}.
 *
 * @param startup trials of the initial design
 * @param candidates points scored before the search climbs from the best
 * @param starts points that the search climbs from
 * @param draws imagined outcomes of the running trials
 * @param exploration largest share of the suggestions in a tree for branches that are behind
 * @param fitRows trials that hyperparameters are fitted to at most
 * @param modelRows trials that the model holds at most
 */
record GpSettings(
    int startup,
    int candidates,
    int starts,
    int draws,
    OutputWarp warp,
    double exploration,
    int fitRows,
    int modelRows) {

  // Optuna's GPSampler starts with as many.
  private static final Setting STARTUP =
      Setting.integer("startup-trials", 1, 10_000, "trials of the space-filling initial design")
          .or(10L);

  private static final Setting CANDIDATES =
      Setting.integer("candidates", 2, 1_000_000, "points scored before the search climbs")
          .or(512L);

  private static final Setting STARTS =
      Setting.integer("starts", 1, 1_000, "points from which the search climbs").or(6L);

  // Each draw's improvement is exact, so that far fewer are needed than where it is sampled too.
  private static final Setting DRAWS =
      Setting.integer("draws", 1, 10_000, "imagined outcomes of the running trials").or(16L);

  // Over eight functions with six seeds: best mean rank at 100 trials; power was better at 50.
  private static final Setting WARP =
      Setting.word("output-warp", OutputWarp.class, "how the scores of a single goal are reshaped")
          .or("half-rank");

  // Over five trees, 100 trials, with branches drawn whatever their prospects: mean rank 2.2 at 0,
  // 2.0 at 0.25, 1.8 at 0.5.
  private static final Setting EXPLORATION =
      Setting.number(
              "exploration",
              0,
              End.INCLUDED,
              1,
              End.INCLUDED,
              "largest share of the suggestions in a tree that goes to branches which are behind")
          .or(0.5);

  // A fit costs the cube of the rows; 200 hold some 20 length scales down well.
  private static final Setting FIT_ROWS =
      Setting.integer("fit-rows", 8, 100_000, "trials that hyperparameters are fitted to at most")
          .or(200L);

  // A suggestion costs the square of the rows: near 0.2 s on one core at 1,000.
  private static final Setting MODEL_ROWS =
      Setting.integer("model-rows", 8, 100_000, "trials that the model holds at most").or(1_000L);

  GpSettings {
    requireNonNull(warp, "warp is null");
  }

  static List<Setting> declared() {
    return List.of(STARTUP, CANDIDATES, STARTS, DRAWS, WARP, EXPLORATION, FIT_ROWS, MODEL_ROWS);
  }

  static GpSettings of(Settings settings) {
    return new GpSettings(
        (int) settings.integer("startup-trials"),
        (int) settings.integer("candidates"),
        (int) settings.integer("starts"),
        (int) settings.integer("draws"),
        settings.word("output-warp", OutputWarp.class),
        settings.number("exploration"),
        (int) settings.integer("fit-rows"),
        (int) settings.integer("model-rows"));
  }
}
