package org.fettle.search.numeric;

/**
 * One axis of a forest's unit cube.
 *
 * @param cells how many equal cells it is cut into, with rows at their middles; 0 if continuous
 * @param ordered whether neighbouring cells are alike; a continuous axis is
 */
public record ForestAxis(int cells, boolean ordered) {

  public ForestAxis {
    if (cells < 0 || (cells == 0 && !ordered)) {
      throw new IllegalArgumentException(
          "Axis must have cells or be continuous and ordered, but had " + cells + " cells");
    }
  }

  public static ForestAxis continuous() {
    return new ForestAxis(0, true);
  }

  /** The cell of a place in [0, 1]. */
  int cell(double place) {
    return Math.min(cells - 1, (int) (place * cells));
  }

  /** Where to part two places: in the middle, at the end of a cell. */
  double between(double here, double next) {
    double middle = here + (next - here) / 2;
    double place = cells == 0 ? middle : Math.floor(middle * cells + 1e-9) / cells;
    return place > here ? place : next;
  }
}
