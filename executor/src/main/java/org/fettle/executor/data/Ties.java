package org.fettle.executor.data;

import static java.util.Objects.requireNonNull;

/**
 * What keeps rows together, or in order, where some of them are held out.
 *
 * @param codes of each row the number of its group, or its place in time; empty where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by no one
public record Ties(Kind kind, int[] codes) {

  /** What codes are. */
  public enum Kind {
    NONE,
    GROUPS,
    TIME
  }

  public Ties {
    requireNonNull(kind, "kind is null");
    requireNonNull(codes, "codes is null");
  }

  /** Rows that have nothing to do with one another. */
  public static Ties none() {
    return new Ties(Kind.NONE, new int[0]);
  }

  /** Those of some of the rows. */
  Ties of(int[] rows) {
    int[] selected = new int[kind == Kind.NONE ? 0 : rows.length];
    for (int i = 0; i < selected.length; i++) {
      selected[i] = codes[rows[i]];
    }
    return new Ties(kind, selected);
  }
}
