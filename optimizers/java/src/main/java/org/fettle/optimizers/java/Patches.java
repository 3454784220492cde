package org.fettle.optimizers.java;

import org.bytedeco.javacpp.FloatPointer;
import org.fettle.optimizers.loop.Block;

/**
 * What the windows of a convolution see of one image, laid out in native memory as a matrix that
 * stays in the processor's cache, and the products of it. For one thread.
 */
interface Patches extends AutoCloseable {

  /**
   * The layout that takes the fewest copies: what a window sees lies together where there are
   * channels enough for that to be long, else what all windows see at one of their places.
   */
  static Patches of(Parameters parameters, Block filters, Windows windows) {
    int run = windows.kernel() * windows.input().channels();
    return run >= windows.output().width()
        ? new PixelPatches(parameters, filters, windows)
        : new LinePatches(parameters, filters, windows);
  }

  /** Takes the filters as they are at the beginning of a pass forward. */
  void begin();

  /** Lays out the image that begins there. */
  void see(float[] images, int from);

  /** Multiplies by the filters: a line for each, in it the pixels. */
  void multiply(FloatPointer sums);

  /**
   * Adds the image's part to the gradients of the filters.
   *
   * @param gradients of the sums
   * @param kept 0 for the first image, then 1
   */
  void gradients(FloatPointer gradients, float kept);

  /** Sets the gradients of the image that begins there. */
  void gradientsOfImage(FloatPointer gradients, float[] images, int from);

  /** Hands the gradients of the filters over, once all images have been there. */
  void end();

  /** Frees native memory. */
  @Override
  void close();
}
