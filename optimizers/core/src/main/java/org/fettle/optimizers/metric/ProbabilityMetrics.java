package org.fettle.optimizers.metric;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.metric.Metric.Better;

/** Metrics of class probabilities. */
final class ProbabilityMetrics {

  /** Precision of a 32-bit float, to which scikit-learn clips probabilities of that type. */
  private static final float EPSILON = 0x1p-23f;

  /** The class that a metric of two classes is about. */
  private static final int POSITIVE = 1;

  private static final String OF_CLASSES =
      " of the positive class (data.positive); of more than two, the mean of each class against the"
          + " rest, over those that there are";

  static final List<PredictionMetric> ALL =
      List.of(
          metric(
              "log-loss",
              "mean of −ln of the right class's probability, clipped to [2⁻²³, 1 − 2⁻²³]",
              Better.LOWER,
              ProbabilityMetrics::logLoss),
          metric(
              "brier-score",
              "mean squared error of the probabilities: of the positive one of two classes, of more"
                  + " their sum",
              Better.LOWER,
              ProbabilityMetrics::brier),
          metric(
              "roc-auc",
              "area under the ROC curve" + OF_CLASSES,
              Better.HIGHER,
              (predictions, targets) -> ofClasses(predictions, targets, Ranking::rocAuc)),
          metric(
              "average-precision",
              "area under the precision-recall curve (PR AUC), in steps," + OF_CLASSES,
              Better.HIGHER,
              (predictions, targets) ->
                  ofClasses(predictions, targets, Ranking::averagePrecision)));

  private ProbabilityMetrics() {}

  private static PredictionMetric metric(
      String name, String doc, Better better, PredictionMetric.Kernel kernel) {
    return new PredictionMetric(name, doc, better, Task.Classification.class, true, kernel);
  }

  /** The part of rows whose class is among the most probable ones. */
  static PredictionMetric top(int most) {
    return metric(
            "top-" + most + "-accuracy",
            "part of the rows whose class is among the %d most probable; any number may stand here"
                .formatted(most),
            Better.HIGHER,
            (predictions, targets) -> top(most, predictions, targets))
        .whenAsked();
  }

  private static double logLoss(FloatMatrix predictions, float[] targets) {
    double sum = 0;
    for (int row = 0; row < targets.length; row++) {
      float probability = predictions.at(row, Targets.at(predictions, targets, row));
      sum -= Math.log(Math.min(Math.max(probability, EPSILON), 1 - EPSILON));
    }
    return sum / targets.length;
  }

  private static double brier(FloatMatrix predictions, float[] targets) {
    int first = predictions.columns() == 2 ? POSITIVE : 0;
    double sum = 0;
    for (int row = 0; row < targets.length; row++) {
      int target = Targets.at(predictions, targets, row);
      for (int column = first; column < predictions.columns(); column++) {
        double error = predictions.at(row, column) - (column == target ? 1.0 : 0.0);
        sum += error * error;
      }
    }
    return sum / targets.length;
  }

  /** Of equally probable classes the later ones come first, as in scikit-learn. */
  private static double top(int most, FloatMatrix predictions, float[] targets) {
    int found = 0;
    for (int row = 0; row < targets.length; row++) {
      int target = Targets.at(predictions, targets, row);
      int ahead = 0;
      for (int column = 0; column < predictions.columns(); column++) {
        float lead = predictions.at(row, column) - predictions.at(row, target);
        if (lead > 0 || (lead == 0 && column > target)) {
          ahead++;
        }
      }
      found += ahead < most ? 1 : 0;
    }
    return (double) found / targets.length;
  }

  private static double ofClasses(
      FloatMatrix predictions, float[] targets, ToDoubleFunction<Ranking> metric) {
    if (predictions.columns() == 2) {
      return metric.applyAsDouble(Ranking.of(predictions, targets, POSITIVE));
    }
    return IntStream.range(0, predictions.columns())
        .mapToObj(each -> Ranking.of(predictions, targets, each))
        .filter(ranking -> ranking.positives() > 0)
        .mapToDouble(metric)
        .average()
        .orElseThrow();
  }
}
