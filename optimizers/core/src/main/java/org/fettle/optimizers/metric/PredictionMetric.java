package org.fettle.optimizers.metric;

import static java.util.Objects.requireNonNull;

import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;

/**
 * A metric of predictions.
 *
 * @param task what it suits
 */
public record PredictionMetric(
    String name,
    String doc,
    Better better,
    Class<? extends Task> task,
    boolean standard,
    Kernel kernel)
    implements Metric {

  /** Computes a metric of predictions that are there and none NaN. */
  @FunctionalInterface
  interface Kernel {
    double value(FloatMatrix predictions, float[] targets);
  }

  public PredictionMetric {
    requireNonNull(name, "name is null");
    requireNonNull(doc, "doc is null");
    requireNonNull(better, "better is null");
    requireNonNull(task, "task is null");
    requireNonNull(kernel, "kernel is null");
  }

  /** The same metric, measured only where a job asks for it. */
  PredictionMetric whenAsked() {
    return new PredictionMetric(name, doc, better, task, false, kernel);
  }

  @Override
  public boolean suits(Task given) {
    return task.isInstance(given);
  }

  /**
   * Returns the metric of predictions; NaN where any prediction is NaN, or where the metric has no
   * value for such targets.
   *
   * @param predictions a row for each target: a probability per class, or one value
   * @param targets the index of a class, or a value
   */
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
