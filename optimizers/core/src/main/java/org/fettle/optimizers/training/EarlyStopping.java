package org.fettle.optimizers.training;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.metric.Metrics;
import org.fettle.optimizers.metric.PredictionMetric;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType.NumberRange.End;
import org.fettle.search.settings.Settings;

/**
 * Ends a run once its watched value has not become better for some epochs; the model has the
 * weights of the best epoch, also where all epochs were trained. A run without validation rows
 * trains all its epochs and has the last one's weights.
 *
 * @param holdout part of the training rows that is watched and not trained on, so that the rows
 *     that judge the trial are not seen before its end; 0 to watch these instead, which uses all
 *     training rows and makes the scores too good, as the best of several looks at the same rows is
 * @param metric {@value #LOSS}, for the mean loss of the run's own kind, or the name of a metric;
 *     of predictions; empty for that of the study's first goal, if it is one
 * @param patience epochs in a row without a better value before the end
 * @param minDelta an epoch is better if by more than this
 */
public record EarlyStopping(
    double holdout, Optional<String> metric, int patience, double minDelta) {

  public static final String LOSS = "loss";

  public EarlyStopping {
    requireNonNull(metric, "metric is null");
    Require.fraction("Holdout", holdout);
    metric.filter(name -> !name.equals(LOSS)).ifPresent(EarlyStopping::metric);
    Require.atLeastOne("Patience", patience);
    Require.notNegative("Min delta", minDelta);
  }

  /**
   * Returns the metric of predictions of that name.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static PredictionMetric metric(String name) {
    if (Metrics.named(name) instanceof PredictionMetric metric) {
      return metric;
    }
    throw new IllegalArgumentException(
        "Early stopping must watch loss or a metric of predictions, but was to watch " + name);
  }

  void check(Task task) {
    metric
        .filter(name -> !name.equals(LOSS) && !metric(name).suits(task))
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "Early stopping must watch a metric of %s, but was to watch %s"
                      .formatted(task, name));
            });
  }

  static Setting setting() {
    return Kind.setting("early-stopping", Kinds.ALL, "whether a run may end before its last epoch")
        .or("none");
  }

  /** One line for each kind. */
  static Map<String, String> docs() {
    return Kind.docs(Kinds.ALL);
  }

  static Optional<EarlyStopping> from(Settings.Kind kind) {
    return Kind.create(Kinds.ALL, kind);
  }

  /** Every kind that a job file can name, with scikit-learn's defaults where it has them. */
  private static final class Kinds {
    private static final List<Kind<Optional<EarlyStopping>>> ALL =
        List.of(
            new Kind<>("none", "trains every epoch", List.of(), settings -> Optional.empty()),
            new Kind<>(
                "holdout",
                "watches rows taken from the training rows, and keeps the best epoch's weights",
                Stream.concat(Stream.of(part()), watching()).toList(),
                settings -> Optional.of(of(settings.number("part"), settings))),
            new Kind<>(
                "validation",
                "watches the rows that judge the trial, which makes its scores too good",
                watching().toList(),
                settings -> Optional.of(of(0, settings))));

    private static Setting part() {
      String doc = "part of the training rows that is watched and not trained on";
      return Setting.number("part", 0, End.EXCLUDED, 1, End.EXCLUDED, doc).or(0.1);
    }

    private static Stream<Setting> watching() {
      return Stream.of(
          Setting.text("metric", "what is watched: loss, or by default the first goal").orNone(),
          Setting.integer("patience", 1, 1_000_000, "epochs without a better value before the end")
              .or(10L),
          Setting.numberFrom("min-delta", 0, "by how much a better value is better").or(0.0));
    }

    private static EarlyStopping of(double holdout, Settings settings) {
      return new EarlyStopping(
          holdout,
          settings.has("metric") ? Optional.of(settings.text("metric")) : Optional.empty(),
          Math.toIntExact(settings.integer("patience")),
          settings.number("min-delta"));
    }
  }
}
