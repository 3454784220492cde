package org.fettle.optimizers.engine;

import org.fettle.optimizers.data.FloatMatrix;

/** Judges a run's predictions of its validation rows by one number, less being better. */
@FunctionalInterface
public interface Monitor {

  /** Returns the number, NaN where there is none; for predictions as a model gives them. */
  double value(FloatMatrix predictions);
}
