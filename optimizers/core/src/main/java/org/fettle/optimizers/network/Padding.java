package org.fettle.optimizers.network;

/** What a window does at the edges of an image. Names reach files: add, never rename. */
public enum Padding {
  /**
   * The image is widened by zeros so that a stride of 1 keeps its size; of an odd number of them
   * the one more goes to the right and to the bottom.
   */
  SAME {
    @Override
    int steps(int length, int window, int stride) {
      return (length + stride - 1) / stride;
    }

    @Override
    public int before(int length, int window, int stride) {
      return Math.max(0, (steps(length, window, stride) - 1) * stride + window - length) / 2;
    }
  },
  /** A window lies within the image; what is left at the right and at the bottom is left out. */
  VALID {
    @Override
    int steps(int length, int window, int stride) {
      return length < window ? 0 : (length - window) / stride + 1;
    }

    @Override
    public int before(int length, int window, int stride) {
      return 0;
    }
  };

  /** How often a window fits a length; 0 where it is longer. */
  abstract int steps(int length, int window, int stride);

  /** Zeros in front of the first number of a length. */
  public abstract int before(int length, int window, int stride);
}
