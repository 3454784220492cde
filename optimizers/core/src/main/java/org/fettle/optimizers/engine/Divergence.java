package org.fettle.optimizers.engine;

import java.util.Optional;

/**
 * Tells that a run has diverged: its loss or a parameter is not finite, or an epoch's mean loss is
 * a million times that of the run's first step, taken as at least 1. Targets have about unit size,
 * so that no run that still learns comes near it. For one thread.
 */
public final class Divergence {

  private static final double EXPLODED = 1e6;

  private double limit = Double.NaN;
  private Optional<String> reason = Optional.empty();

  /** The loss beyond which an epoch has diverged; NaN before the first step. */
  public double limit() {
    return limit;
  }

  /** Goes on with a run that had this limit. */
  public void restore(double of) {
    limit = of;
  }

  /** Takes the mean loss of a step, before its update; returns whether the run has diverged. */
  public boolean step(double loss) {
    if (Double.isNaN(limit)) {
      limit = EXPLODED * Math.max(1, loss);
    }
    requireFinite("Loss", loss);
    return reason.isPresent();
  }

  /**
   * Takes the mean loss of an epoch and the sum of the parameters after it; returns whether the run
   * has diverged.
   */
  public boolean epoch(double loss, double parameters) {
    requireFinite("Sum of parameters", parameters);
    if (reason.isEmpty() && loss > limit) {
      reason =
          Optional.of(
              "Mean loss of an epoch must be at most %s, a million times the first step's, but was %s"
                  .formatted((float) limit, (float) loss));
    }
    return reason.isPresent();
  }

  /** Why the run has diverged, if it has: the first reason. */
  public Optional<String> reason() {
    return reason;
  }

  private void requireFinite(String what, double value) {
    if (reason.isEmpty() && !Double.isFinite(value)) {
      reason = Optional.of(what + " must be finite, but was " + value);
    }
  }
}
