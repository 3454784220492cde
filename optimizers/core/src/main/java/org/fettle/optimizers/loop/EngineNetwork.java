package org.fettle.optimizers.loop;

import java.io.IOException;
import java.nio.file.Path;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;
import org.fettle.optimizers.engine.TrainedModel;

/**
 * A network in an engine's memory. For one thread at a time.
 *
 * <p>Its parameters come and go as one array: those of the layers in order, then the output
 * layer's. An engine has them as {@link Layout} says, whatever it keeps itself, so that states and
 * first weights are the same for all.
 */
public interface EngineNetwork extends AutoCloseable {

  /** The output layer's sums for rows of features of the network's width, row after row. */
  float[] sums(FloatMatrix features);

  /** A copy of all parameters, running means included. */
  float[] parameters();

  /** The sum of all parameters, which is finite only if each of them is. */
  default double sumOfParameters() {
    double sum = 0;
    for (float value : parameters()) {
      sum += value;
    }
    return sum;
  }

  /** Copies them in. */
  void setParameters(float[] values);

  /** Writes the model's file, as {@link TrainedModel#save} says. */
  void save(Path directory, Scaling scaling) throws IOException;

  /** Frees the memory; closing again does nothing. */
  @Override
  void close();
}
