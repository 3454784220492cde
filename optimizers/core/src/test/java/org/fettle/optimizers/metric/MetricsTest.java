package org.fettle.optimizers.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reference values are those of scikit-learn 1.9 for the same probabilities, widened to doubles;
 * {@code zero_division=0}, {@code average="binary"} for two classes and {@code "macro"} for three,
 * {@code multi_class="ovr"}. Where a class is absent, which its ranking metrics refuse, the value
 * is the mean of its values for the classes that there are.
 */
class MetricsTest {

  private static final FloatMatrix THREE =
      FloatMatrix.of(
          new float[] {.75f, .125f, .125f},
          new float[] {.125f, .5f, .375f},
          new float[] {.25f, .25f, .5f},
          new float[] {.375f, .375f, .25f},
          new float[] {.0625f, .9f, .0375f},
          new float[] {.8f, .1f, .1f},
          new float[] {.2f, .3f, .5f},
          new float[] {.3f, .3f, .4f},
          new float[] {.25f, .5f, .25f},
          new float[] {.6f, .2f, .2f});

  private static final FloatMatrix TWO =
      FloatMatrix.of(
          new float[] {.9f, .1f},
          new float[] {.75f, .25f},
          new float[] {.5f, .5f},
          new float[] {.5f, .5f},
          new float[] {.25f, .75f},
          new float[] {.1f, .9f},
          new float[] {.6f, .4f},
          new float[] {.6f, .4f},
          new float[] {.3f, .7f});

  private static final FloatMatrix ALL_FIRST =
      FloatMatrix.of(
          new float[] {.9f, .1f},
          new float[] {.9f, .1f},
          new float[] {.9f, .1f},
          new float[] {.9f, .1f});

  private record Case(FloatMatrix predictions, float... targets) {}

  private static final float[] THREE_CLASSES = {0, 1, 1, 1, 1, 2, 2, 0, 2, 0};

  private static final Map<String, Case> CASES =
      Map.of(
          "three", new Case(THREE, THREE_CLASSES),
          "three; class 2 absent", new Case(THREE, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0),
          "three; one class", new Case(THREE, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
          "two", new Case(TWO, 0, 0, 1, 0, 1, 1, 1, 0, 0),
          "two; all negative", new Case(TWO, new float[9]),
          "two; all positive", new Case(TWO, 1, 1, 1, 1, 1, 1, 1, 1, 1),
          "two; none predicted", new Case(ALL_FIRST, 0, 1, 1, 0),
          "two; all right and one class", new Case(ALL_FIRST, new float[4]));

  private static final FloatMatrix PREDICTED =
      new FloatMatrix(5, 1, new float[] {2.5f, 0, 2, 8, 4.75f});
  private static final float[] VALUES = {3, -0.5f, 2, 7.25f, 4.5f};

  private static double value(String name, FloatMatrix predictions, float... targets) {
    return ((PredictionMetric) Metrics.named(name)).value(predictions, targets);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "scikit-learn-1.9.csv", numLinesToSkip = 1)
  void judgesClassesAsTheReferenceDoes(String name, String metric, double expected) {
    Case given = CASES.get(name);
    double value = value(metric, given.predictions(), given.targets());
    if (Double.isNaN(expected)) {
      assertThat(value).isNaN();
    } else {
      assertThat(value).isCloseTo(expected, within(1e-9));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mse, 0.225",
    "rmse, 0.4743416490252569",
    "mae, 0.4",
    "mape, 0.26513409961685824",
    "r2, 0.9661654135338346"
  })
  void judgesValuesAsTheReferenceDoes(String name, double expected) {
    assertThat(value(name, PREDICTED, VALUES)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void takesTheLeastSizeForATargetOfZero() {
    assertThat(value("mape", new FloatMatrix(2, 1, new float[] {1, 1}), 0, 2))
        .isEqualTo(2251799813685248.0);
  }

  @Test
  void clipsTheProbabilitiesOfLogLossAtBothEnds() {
    FloatMatrix certain = FloatMatrix.of(new float[] {1, 0});
    assertThat(value("log-loss", certain, 0)).isCloseTo(1.19209304e-7, within(1e-13));
    assertThat(value("log-loss", certain, 1)).isCloseTo(15.94238472, within(1e-6));
  }

  @Test
  void countsTheFirstOfEquallyProbableClasses() {
    FloatMatrix tied = FloatMatrix.of(new float[] {0.5f, 0.5f}, new float[] {0.5f, 0.5f});
    assertThat(value("accuracy", tied, 0, 1)).isEqualTo(0.5);
  }

  @Test
  void countsTheRowsOfEachClassByWhatTheyWereTakenFor() {
    assertThat(ConfusionMatrix.of(THREE, THREE_CLASSES).counts())
        .isEqualTo(List.of(List.of(2L, 0L, 1L), List.of(1L, 2L, 1L), List.of(1L, 1L, 1L)));
  }

  @Test
  void ranksNegativeAndPositiveNumbersAlike() {
    // scikit-learn's roc_auc_score([0, 1, 0, 1, 1], [-2, -0.5, 0, 0, 3]) with −0 for the first 0.
    FloatMatrix margins =
        FloatMatrix.of(
            new float[] {2, -2},
            new float[] {.5f, -.5f},
            new float[] {0, -0.0f},
            new float[] {0, 0},
            new float[] {-3, 3});
    assertThat(value("roc-auc", margins, 0, 1, 0, 1, 1)).isCloseTo(0.75, within(1e-12));
  }

  @Test
  void givesR2OfEqualTargetsAndOfOneRow() {
    assertThat(value("r2", new FloatMatrix(2, 1, new float[] {2, 2}), 2, 2)).isEqualTo(1);
    assertThat(value("r2", new FloatMatrix(2, 1, new float[] {2, 3}), 2, 2)).isEqualTo(0);
    assertThat(value("r2", new FloatMatrix(1, 1, new float[] {2}), 2)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(strings = {"accuracy", "f1-macro", "log-loss", "roc-auc", "mse", "mape", "r2"})
  void isNotANumberWhereAPredictionIsNot(String name) {
    FloatMatrix predictions = FloatMatrix.of(new float[] {1}, new float[] {Float.NaN});
    assertThat(value(name, predictions, 0, 0)).isNaN();
  }

  @Test
  void saysWhichValuesAreBetterAndForWhichTask() {
    Task classes = new Task.Classification(2);
    assertThat(Metrics.all())
        .filteredOn(Metric::standard)
        .extracting(metric -> metric.name() + " " + metric.better() + " " + metric.suits(classes))
        .containsExactly(
            "accuracy HIGHER true",
            "balanced-accuracy HIGHER true",
            "precision HIGHER true",
            "recall HIGHER true",
            "f1 HIGHER true",
            "matthews-corrcoef HIGHER true",
            "cohen-kappa HIGHER true",
            "log-loss LOWER true",
            "brier-score LOWER true",
            "roc-auc HIGHER true",
            "average-precision HIGHER true",
            "mse LOWER false",
            "rmse LOWER false",
            "mae LOWER false",
            "mape LOWER false",
            "r2 HIGHER false");
    assertThat(Metrics.all())
        .filteredOn(Metric::standard)
        .allMatch(metric -> metric.suits(classes) != metric.suits(new Task.Regression()));
    assertThat(RunMetric.ALL)
        .allMatch(metric -> metric.suits(classes) && metric.suits(new Task.Regression()))
        .allMatch(metric -> metric.better() == Metric.Better.LOWER);
  }

  @Test
  void saysWhichMetricsThereAre() {
    assertThatThrownBy(() -> Metrics.named("auc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Metric must be one of accuracy, balanced-accuracy, precision, recall, f1,"
                + " matthews-corrcoef, cohen-kappa, log-loss, brier-score, roc-auc,"
                + " average-precision, mse, rmse, mae, mape, r2, precision-macro, recall-macro,"
                + " f1-macro, precision-micro, recall-micro, f1-micro, precision-weighted,"
                + " recall-weighted, f1-weighted, top-5-accuracy, training-time,"
                + " inference-latency, parameter-count, but was auc");
  }

  @Test
  void refusesPredictionsThatDoNotFitTheTargets() {
    assertThatThrownBy(() -> value("mse", PREDICTED, new float[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Predictions must be a row for each of at least one target, but were 5 for 4");
    assertThatThrownBy(() -> value("accuracy", TWO, 0, 1, 0, 2, 0, 0, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Target of row 3 must be a class from 0 to 1, but was 2.0");
  }
}
