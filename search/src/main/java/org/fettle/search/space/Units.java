package org.fettle.search.space;

/** Cells of equal width in the unit interval. */
final class Units {

  /** With more cells than this the middle of a cell would not lead back to the cell. */
  static final long MOST_CELLS = 1L << 48;

  private Units() {}

  /** The place itself, or the nearer end where it lies outside. */
  static double clamp(String name, double unit) {
    if (Double.isNaN(unit)) {
      throw new IllegalArgumentException("Place of " + name + " must be in [0, 1], but was NaN");
    }
    return Math.max(0, Math.min(1, unit));
  }

  /** The middle of a cell. */
  static double middle(long cell, long cells) {
    return (cell + 0.5) / cells;
  }

  /** The cell of a place. */
  static long cell(String name, double unit, long cells) {
    return Math.min(cells - 1, (long) (clamp(name, unit) * cells));
  }
}
