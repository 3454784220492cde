package org.fettle.executor.data;

import java.io.Serializable;
import java.util.BitSet;

/** Some rows of a study's data: a bit for each row there is. Immutable. */
public final class RowSet implements Serializable {

  private static final long serialVersionUID = 1;

  private final long[] bits;
  private final int size;

  private RowSet(BitSet rows) {
    this.bits = rows.toLongArray();
    this.size = rows.cardinality();
  }

  /** Rows by their numbers. */
  public static RowSet of(int[] rows) {
    BitSet bits = new BitSet();
    for (int row : rows) {
      bits.set(row);
    }
    return new RowSet(bits);
  }

  /** How many. */
  public int size() {
    return size;
  }

  /** All of them, ascending. */
  public int[] rows() {
    return BitSet.valueOf(bits).stream().toArray();
  }

  /** Those of the {@code count} rows from {@code first} on, counted from there. */
  int[] within(int first, int count) {
    return BitSet.valueOf(bits).get(first, first + count).stream().toArray();
  }

  /** How many there are before a row. */
  int before(int row) {
    int whole = Math.min(row / Long.SIZE, bits.length);
    int before = 0;
    for (int i = 0; i < whole; i++) {
      before += Long.bitCount(bits[i]);
    }
    if (whole < bits.length) {
      before += Long.bitCount(bits[whole] & ((1L << (row % Long.SIZE)) - 1));
    }
    return before;
  }
}
