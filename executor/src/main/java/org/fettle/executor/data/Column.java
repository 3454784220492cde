package org.fettle.executor.data;

import java.io.Serializable;

/**
 * One feature of the raw data, as read. Plain arrays, so that any of Spark's serialisers can write
 * it; they are shared and must not be changed.
 */
public sealed interface Column extends Serializable {

  String name();

  int rows();

  boolean missing(int row);

  /** Numbers; NaN is a missing value. */
  @SuppressWarnings("ArrayRecordComponent") // compared by no one; see Table
  record Numeric(String name, double[] values) implements Column {
    @Override
    public int rows() {
      return values.length;
    }

    @Override
    public boolean missing(int row) {
      return Double.isNaN(values[row]);
    }
  }

  /** Indices into the categories; −1 is a missing value. */
  @SuppressWarnings("ArrayRecordComponent")
  record Categorical(String name, String[] categories, int[] codes) implements Column {
    @Override
    public int rows() {
      return codes.length;
    }

    @Override
    public boolean missing(int row) {
      return codes[row] < 0;
    }
  }
}
