package org.fettle.search.study;

/** Which values of a metric are better. */
public enum Direction {
  MINIMIZE(1),
  MAXIMIZE(-1);

  private final int sign;

  Direction(int sign) {
    this.sign = sign;
  }

  /** The value as a loss: smaller is better whatever the direction. */
  public double loss(double value) {
    return sign * value;
  }

  public boolean better(double value, double than) {
    return loss(value) < loss(than);
  }
}
