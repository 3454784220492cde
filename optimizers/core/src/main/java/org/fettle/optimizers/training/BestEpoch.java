package org.fettle.optimizers.training;

/** Which epoch of a run has been the best so far, as {@link EarlyStopping} asks. For one thread. */
public final class BestEpoch {

  private final EarlyStopping rule;
  private double least = Double.POSITIVE_INFINITY;
  private int best;
  private int last;

  public BestEpoch(EarlyStopping rule) {
    this.rule = rule;
  }

  /**
   * Goes on after some epochs.
   *
   * @param number that of the best one
   * @param value what {@link #least()} was
   * @param epochs how many there have been
   */
  public void restore(int number, double value, int epochs) {
    best = number;
    least = value;
    last = epochs;
  }

  /** The best epoch's value; infinite where that was NaN. */
  public double least() {
    return least;
  }

  /**
   * Takes the watched value of the next epoch, less being better; NaN is never better.
   *
   * @return whether it is the best so far, as the first always is
   */
  public boolean isBest(double value) {
    last++;
    if (last > 1 && !(value < least - rule.minDelta())) {
      return false;
    }
    least = Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    best = last;
    return true;
  }

  /** The best epoch, from 1. */
  public int number() {
    return best;
  }

  /** Whether it is long enough ago for the run to end. */
  public boolean isOver() {
    return last - best >= rule.patience();
  }
}
