package org.fettle.optimizers.metric;

import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;

/** Judges predictions by one number. */
public interface Metric {

  /** Which values of a metric are the better ones. */
  enum Better {
    HIGHER,
    LOWER
  }

  /** The name in job files, kebab-case. */
  String name();

  /** One line that says what the number is. */
  String doc();

  Better better();

  boolean suits(Task task);

  /**
   * Returns the metric of predictions; NaN where any prediction is NaN.
   *
   * @param predictions a row for each target: a probability per class, or one value
   * @param targets the index of a class, or a value
   */
  double value(FloatMatrix predictions, float[] targets);
}
