package org.fettle.optimizers.java;

/**
 * A layer at work. Rows lie one after the other. The arrays it returns are its own, may be longer
 * than the batch needs, and hold until its next call. For one thread.
 */
interface Node extends AutoCloseable {

  /** The outputs of a batch's inputs. */
  float[] forward(Batch batch, float[] inputs);

  /**
   * Fills the gradients of its parameters from those of its outputs in the last forward pass, which
   * it may overwrite.
   *
   * @return the gradients of its inputs; anything, where {@link Nodes} was told that none are
   *     wanted
   */
  float[] backward(Batch batch, float[] gradients);

  /** Frees native memory. */
  @Override
  default void close() {}

  /** The buffer if it is long enough, or a longer one. */
  static float[] room(float[] buffer, int length) {
    return buffer.length >= length ? buffer : new float[length];
  }
}
