package org.fettle.optimizers.metric;

import java.util.List;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.metric.Metric.Better;

/** Metrics of predicted values; predictions have one column. */
final class RegressionMetrics {

  /** Precision of a 64-bit float, which scikit-learn takes for the size of a target of zero. */
  private static final double EPSILON = 0x1p-52;

  static final List<PredictionMetric> ALL =
      List.of(
          metric("mse", "mean squared error", Better.LOWER, RegressionMetrics::mse),
          metric(
              "rmse",
              "root of the mean squared error, in the target's unit",
              Better.LOWER,
              (predictions, targets) -> Math.sqrt(mse(predictions, targets))),
          metric(
              "mae",
              "mean absolute error, in the target's unit",
              Better.LOWER,
              RegressionMetrics::mae),
          metric(
              "mape",
              "mean absolute error as part of the target's size, which 2⁻⁵² is the least of",
              Better.LOWER,
              RegressionMetrics::mape),
          metric(
              "r2",
              "1 − squared error / squared deviation of the targets from their mean; for equal "
                  + "targets 1 where all are met, else 0; NaN for one row",
              Better.HIGHER,
              RegressionMetrics::r2));

  private RegressionMetrics() {}

  private static PredictionMetric metric(
      String name, String doc, Better better, PredictionMetric.Kernel kernel) {
    return new PredictionMetric(name, doc, better, Task.Regression.class, true, kernel);
  }

  private static double mse(FloatMatrix predictions, float[] targets) {
    return squaredError(predictions, targets) / targets.length;
  }

  private static double mae(FloatMatrix predictions, float[] targets) {
    double sum = 0;
    for (int row = 0; row < targets.length; row++) {
      sum += Math.abs((double) predictions.at(row, 0) - targets[row]);
    }
    return sum / targets.length;
  }

  private static double mape(FloatMatrix predictions, float[] targets) {
    double sum = 0;
    for (int row = 0; row < targets.length; row++) {
      double error = Math.abs((double) predictions.at(row, 0) - targets[row]);
      sum += error / Math.max(Math.abs((double) targets[row]), EPSILON);
    }
    return sum / targets.length;
  }

  private static double r2(FloatMatrix predictions, float[] targets) {
    if (targets.length < 2) {
      return Double.NaN;
    }
    double mean = 0;
    for (float target : targets) {
      mean += target;
    }
    mean /= targets.length;
    double deviation = 0;
    for (float target : targets) {
      deviation += (target - mean) * (target - mean);
    }
    double error = squaredError(predictions, targets);
    if (deviation == 0) {
      return error == 0 ? 1 : 0;
    }
    return 1 - error / deviation;
  }

  private static double squaredError(FloatMatrix predictions, float[] targets) {
    double sum = 0;
    for (int row = 0; row < targets.length; row++) {
      double error = (double) predictions.at(row, 0) - targets[row];
      sum += error * error;
    }
    return sum;
  }
}
