package org.fettle.executor.data;

import static java.util.Objects.requireNonNull;

/**
 * What a {@link Splitter} may look at of each row. The arrays are shared and must not be changed.
 *
 * @param classes the index of a class; all equal where there are none
 * @param codes the number of a group from 0, or of a fold from 0 and −1 for rows that train in all,
 *     or the place in time, equal for equal times; empty for a splitter that has no use for it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by no one
public record Keys(float[] classes, int[] codes) {

  public Keys {
    requireNonNull(classes, "classes is null");
    requireNonNull(codes, "codes is null");
    if (codes.length != 0 && codes.length != classes.length) {
      throw new IllegalArgumentException(
          "Codes must be as many as rows (%d), but were %d"
              .formatted(classes.length, codes.length));
    }
  }

  /** The keys of a table's rows. */
  public static Keys of(Table table, int[] codes) {
    return new Keys(table.labels().isEmpty() ? new float[table.rows()] : table.targets(), codes);
  }

  int rows() {
    return classes.length;
  }
}
