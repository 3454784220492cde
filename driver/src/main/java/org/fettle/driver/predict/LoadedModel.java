package org.fettle.driver.predict;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.fettle.executor.model.FettleModel;
import org.fettle.executor.model.ModelFiles;
import org.jspecify.annotations.Nullable;

/** A model that is broadcast as bytes, and loaded once in each JVM where it is asked for. */
final class LoadedModel implements Serializable {

  private static final long serialVersionUID = 1;

  private final ModelFiles files;
  private transient @Nullable FettleModel model;

  LoadedModel(ModelFiles files) {
    this.files = files;
  }

  /** The model, whose memory is freed with this object. */
  synchronized FettleModel get() {
    if (model == null) {
      try {
        model = FettleModel.of(files);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return model;
  }
}
