package org.fettle.optimizers.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference values are those of scikit-learn 1.9. */
class MetricsTest {

  private static final FloatMatrix PROBABILITIES =
      FloatMatrix.of(
          new float[] {0.7f, 0.2f, 0.1f},
          new float[] {0.1f, 0.6f, 0.3f},
          new float[] {0.25f, 0.25f, 0.5f},
          new float[] {0.4f, 0.4f, 0.2f},
          new float[] {0, 1, 0},
          new float[] {1, 0, 0});
  private static final float[] CLASSES = {0, 1, 1, 1, 1, 2};

  private static final FloatMatrix PREDICTED =
      new FloatMatrix(5, 1, new float[] {2.5f, 0, 2, 8, 4.75f});
  private static final float[] VALUES = {3, -0.5f, 2, 7.25f, 4.5f};

  @ParameterizedTest
  @CsvSource({"accuracy, 0.5", "log-loss, 3.1854117"})
  void judgesClassesAsTheReferenceDoes(String name, double expected) {
    assertThat(Metrics.named(name).value(PROBABILITIES, CLASSES)).isCloseTo(expected, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"mse, 0.225", "rmse, 0.4743416490252569", "mae, 0.4", "r2, 0.9661654135338346"})
  void judgesValuesAsTheReferenceDoes(String name, double expected) {
    assertThat(Metrics.named(name).value(PREDICTED, VALUES)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void clipsTheProbabilitiesOfLogLossAtBothEnds() {
    FloatMatrix certain = FloatMatrix.of(new float[] {1, 0});
    Metric logLoss = Metrics.named("log-loss");
    assertThat(logLoss.value(certain, new float[] {0})).isCloseTo(1.19209304e-7, within(1e-13));
    assertThat(logLoss.value(certain, new float[] {1})).isCloseTo(15.94238472, within(1e-6));
  }

  @Test
  void countsTheFirstOfEquallyProbableClasses() {
    FloatMatrix tied = FloatMatrix.of(new float[] {0.5f, 0.5f}, new float[] {0.5f, 0.5f});
    assertThat(Metrics.named("accuracy").value(tied, new float[] {0, 1})).isEqualTo(0.5);
  }

  @Test
  void givesR2OfEqualTargetsAndOfOneRow() {
    Metric r2 = Metrics.named("r2");
    float[] equal = {2, 2};
    assertThat(r2.value(new FloatMatrix(2, 1, new float[] {2, 2}), equal)).isEqualTo(1);
    assertThat(r2.value(new FloatMatrix(2, 1, new float[] {2, 3}), equal)).isEqualTo(0);
    assertThat(r2.value(new FloatMatrix(1, 1, new float[] {2}), new float[] {2})).isNaN();
  }

  @ParameterizedTest
  @ValueSource(strings = {"accuracy", "log-loss", "mse", "rmse", "mae", "r2"})
  void isNotANumberWhereAPredictionIsNot(String name) {
    FloatMatrix predictions = FloatMatrix.of(new float[] {1}, new float[] {Float.NaN});
    assertThat(Metrics.named(name).value(predictions, new float[] {0, 0})).isNaN();
  }

  @Test
  void saysWhichValuesAreBetterAndForWhichTask() {
    Task classes = new Task.Classification(2);
    assertThat(Metrics.all())
        .extracting(metric -> metric.name() + " " + metric.better() + " " + metric.suits(classes))
        .containsExactly(
            "accuracy HIGHER true",
            "log-loss LOWER true",
            "mse LOWER false",
            "rmse LOWER false",
            "mae LOWER false",
            "r2 HIGHER false");
    assertThat(Metrics.all())
        .allMatch(metric -> metric.suits(classes) != metric.suits(new Task.Regression()));
  }

  @Test
  void saysWhichMetricsThereAre() {
    assertThatThrownBy(() -> Metrics.named("auc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Metric must be one of accuracy, log-loss, mse, rmse, mae, r2, but was auc");
  }

  @Test
  void refusesPredictionsThatDoNotFitTheTargets() {
    assertThatThrownBy(() -> Metrics.named("mse").value(PREDICTED, new float[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Predictions must be a row for each of at least one target, but were 5 for 4");
    assertThatThrownBy(
            () -> Metrics.named("accuracy").value(PROBABILITIES, new float[] {0, 1, 2, 3, 0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Target of row 3 must be a class from 0 to 2, but was 3.0");
  }
}
