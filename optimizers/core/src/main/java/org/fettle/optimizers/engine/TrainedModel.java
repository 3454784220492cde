package org.fettle.optimizers.engine;

import java.io.IOException;
import java.nio.file.Path;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;

/** A trained network, which holds memory of the engine until it is closed. For one thread. */
public interface TrainedModel extends AutoCloseable {

  /** Name of the file of the engine's library that {@link #save} writes, where it can. */
  String FILE = "model.zip";

  /**
   * Predicts rows of features, scaled as the training rows were: a probability per class, or one
   * value in the scale of the training targets.
   */
  FloatMatrix predict(FloatMatrix features);

  /**
   * Writes what the engine's {@link ModelReader} wants into a local directory that exists; and
   * beside it, unless its library has no layer for some of the network's, {@value #FILE}, which
   * that library alone can load to predict from raw values.
   */
  void save(Path directory, Scaling scaling) throws IOException;

  /** Frees the memory; closing again does nothing. */
  @Override
  void close();
}
