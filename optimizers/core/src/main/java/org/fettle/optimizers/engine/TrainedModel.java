package org.fettle.optimizers.engine;

import java.io.IOException;
import java.nio.file.Path;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;

/** A trained network, which holds memory of the engine until it is closed. For one thread. */
public interface TrainedModel extends AutoCloseable {

  /** Name of the file that {@link #save} writes. */
  String FILE = "model.zip";

  /**
   * Predicts rows of features, scaled as the training rows were: a probability per class, or one
   * value in the scale of the training targets.
   */
  FloatMatrix predict(FloatMatrix features);

  /**
   * Writes {@value #FILE} in the engine's own format into a local directory that exists, so that
   * the engine's library alone can load it and predict from raw values; and beside it what the
   * engine's {@link ModelReader} wants.
   */
  void save(Path directory, Scaling scaling) throws IOException;

  /** Frees the memory; closing again does nothing. */
  @Override
  void close();
}
