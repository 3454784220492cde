package org.fettle.optimizers.torch;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * What layers have to know of a batch besides its numbers. Tensors have the models first, where
 * there are several.
 *
 * @param steps empty where all rows have all
 * @param there 1 for a row, 0 for what fills a batch up, {@code [models, rows]}; empty where all
 *     are rows
 * @param dropouts empty for a prediction
 */
record Pass(Optional<Steps> steps, Optional<Tensor> there, Optional<Dropouts> dropouts) {

  /**
   * The steps of sequences of which some are shorter than others.
   *
   * @param lengths {@code [models, rows]}, of 64 bits
   * @param there 1 for a step of its row, else 0: {@code [models, rows, steps]}
   */
  record Steps(Tensor lengths, Tensor there) {}

  /** What dropout does. */
  interface Dropouts {
    /** Leaves out some outputs of a layer, and raises the others. */
    Tensor apply(int layer, Tensor x);
  }

  boolean training() {
    return dropouts.isPresent();
  }
}
