package org.fettle.executor.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.engine.ModelReader;
import org.fettle.optimizers.engine.Predictor;

/** A network for each thread that predicts at once, made when it is wanted. For any threads. */
final class Predictors implements Runnable {

  private final Schema schema;
  private final ModelReader reader;
  private final Map<String, byte[]> files;
  private final Queue<Predictor> idle = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  /** Reads the first network, so that files that are none are told of at once. */
  Predictors(Schema schema, ModelReader reader, Map<String, byte[]> files) throws IOException {
    this.schema = schema;
    this.reader = reader;
    this.files = files;
    idle.add(reader.read(schema.network(), schema.link(), files));
  }

  FloatMatrix predict(FloatMatrix features) {
    if (closed) {
      throw new IllegalStateException("Model must be open, but was closed");
    }
    Predictor predictor = idle.poll();
    if (predictor == null) {
      predictor = another();
    }
    try {
      return predictor.predict(features);
    } finally {
      idle.add(predictor);
      if (closed) {
        run();
      }
    }
  }

  private Predictor another() {
    try {
      return reader.read(schema.network(), schema.link(), files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Frees the memory of all that do not predict just now, and of the others when they are done. */
  @Override
  public void run() {
    closed = true;
    for (Predictor each = idle.poll(); each != null; each = idle.poll()) {
      each.close();
    }
  }
}
