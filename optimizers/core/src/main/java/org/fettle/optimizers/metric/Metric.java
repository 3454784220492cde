package org.fettle.optimizers.metric;

import org.fettle.optimizers.data.Task;

/** Judges a run by one number. */
public sealed interface Metric permits PredictionMetric, RunMetric {

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
   * Whether every run is judged by it. One that is not is measured where the job asks for it: it
   * takes time, differs between equal runs, or says little that others do not.
   */
  boolean standard();
}
