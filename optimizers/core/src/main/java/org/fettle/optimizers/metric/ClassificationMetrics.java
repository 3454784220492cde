package org.fettle.optimizers.metric;

import java.util.List;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.metric.Metric.Better;

/** Metrics of class probabilities. */
final class ClassificationMetrics {

  /** Precision of a 32-bit float, to which scikit-learn clips probabilities of that type. */
  private static final float EPSILON = 0x1p-23f;

  static final List<Metric> ALL =
      List.of(
          new StandardMetric(
              "accuracy",
              "part of the rows whose most probable class is right; of equals the first counts",
              Better.HIGHER,
              Task.Classification.class,
              ClassificationMetrics::accuracy),
          new StandardMetric(
              "log-loss",
              "mean of −ln of the right class's probability, clipped to [2⁻²³, 1 − 2⁻²³]",
              Better.LOWER,
              Task.Classification.class,
              ClassificationMetrics::logLoss));

  private ClassificationMetrics() {}

  private static double accuracy(FloatMatrix predictions, float[] targets) {
    int right = 0;
    for (int row = 0; row < targets.length; row++) {
      if (mostProbable(predictions, row) == target(predictions, targets, row)) {
        right++;
      }
    }
    return (double) right / targets.length;
  }

  private static double logLoss(FloatMatrix predictions, float[] targets) {
    double sum = 0;
    for (int row = 0; row < targets.length; row++) {
      float probability = predictions.at(row, target(predictions, targets, row));
      sum -= Math.log(Math.min(Math.max(probability, EPSILON), 1 - EPSILON));
    }
    return sum / targets.length;
  }

  private static int mostProbable(FloatMatrix predictions, int row) {
    int best = 0;
    for (int column = 1; column < predictions.columns(); column++) {
      if (predictions.at(row, column) > predictions.at(row, best)) {
        best = column;
      }
    }
    return best;
  }

  private static int target(FloatMatrix predictions, float[] targets, int row) {
    int target = (int) targets[row];
    if (target != targets[row] || target < 0 || target >= predictions.columns()) {
      throw new IllegalArgumentException(
          "Target of row %d must be a class from 0 to %d, but was %s"
              .formatted(row, predictions.columns() - 1, targets[row]));
    }
    return target;
  }
}
