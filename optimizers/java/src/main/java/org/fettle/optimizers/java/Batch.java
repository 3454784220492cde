package org.fettle.optimizers.java;

import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What the layers know of the rows that they are given.
 *
 * @param lengths how many steps each row has, where rows are sequences
 * @param dropouts draws what a training step leaves out; empty when predicting
 */
@SuppressWarnings("ArrayRecordComponent") // compared by no one
record Batch(int rows, int[] lengths, Optional<SplittableRandom> dropouts) {

  boolean training() {
    return dropouts.isPresent();
  }
}
