package org.fettle.optimizers.metric;

import java.util.List;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.metric.Metric.Better;

/** Metrics of predicted values; predictions have one column. */
final class RegressionMetrics {

  static final List<Metric> ALL =
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
              "r2",
              "1 − squared error / squared deviation of the targets from their mean; for equal "
                  + "targets 1 where all are met, else 0; NaN for one row",
              Better.HIGHER,
              RegressionMetrics::r2));

  private RegressionMetrics() {}

  private static Metric metric(
      String name, String doc, Better better, StandardMetric.Kernel kernel) {
    return new StandardMetric(name, doc, better, Task.Regression.class, kernel);
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
