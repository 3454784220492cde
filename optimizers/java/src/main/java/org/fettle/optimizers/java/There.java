package org.fettle.optimizers.java;

/** Which rows of a batch have a step. For one thread. */
final class There {

  private float[] factors = new float[0];
  private int rows;
  private boolean all;

  /** Looks at a step. */
  void at(int step, Batch batch) {
    rows = batch.rows();
    factors = Node.room(factors, rows);
    all = true;
    for (int row = 0; row < rows; row++) {
      boolean there = step < batch.lengths()[row];
      factors[row] = there ? 1 : 0;
      all &= there;
    }
  }

  /** Sets to zero what rows without that step have, among so many numbers. */
  void clearOthers(float[] values, int from, int length) {
    if (all) {
      return;
    }
    for (int unit = from; unit < from + length; unit += rows) {
      for (int row = 0; row < rows; row++) {
        values[unit + row] *= factors[row];
      }
    }
  }
}
