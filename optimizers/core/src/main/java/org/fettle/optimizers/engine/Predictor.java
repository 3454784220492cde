package org.fettle.optimizers.engine;

import org.fettle.optimizers.data.FloatMatrix;

/** A network read from its files, which holds memory of the engine until closed. For one thread. */
public interface Predictor extends AutoCloseable {

  /** Predicts rows of scaled features, as {@link TrainedModel#predict} did before it was saved. */
  FloatMatrix predict(FloatMatrix features);

  /** Frees the memory; closing again does nothing. */
  @Override
  void close();
}
