package org.fettle.optimizers.metric;

import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;

/** A metric that is its kernel, called with predictions that are there and none NaN. */
record StandardMetric(
    String name, String doc, Better better, Class<? extends Task> task, Kernel kernel)
    implements Metric {

  interface Kernel {
    double value(FloatMatrix predictions, float[] targets);
  }

  @Override
  public boolean suits(Task given) {
    return task.isInstance(given);
  }

  @Override
  public double value(FloatMatrix predictions, float[] targets) {
    if (targets.length == 0 || predictions.rows() != targets.length) {
      throw new IllegalArgumentException(
          "Predictions must be a row for each of at least one target, but were %d for %d"
              .formatted(predictions.rows(), targets.length));
    }
    for (float prediction : predictions.values()) {
      if (Float.isNaN(prediction)) {
        return Double.NaN;
      }
    }
    return kernel.value(predictions, targets);
  }
}
