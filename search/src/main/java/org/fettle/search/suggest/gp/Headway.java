package org.fettle.search.suggest.gp;

import java.util.Arrays;

/**
 * How a study of one goal gets on. Gains are measured by the distance of the best loss from the
 * median of the first trials, and so do not depend on the goal's unit.
 */
final class Headway {

  private static final int PATIENCE = 20;
  private static final double MATERIAL = 0.01;
  private static final double DEMANDED = 0.05;

  private static final double FIRST_SIDE = 0.8;
  private static final double LEAST_SIDE = 0x1p-7;
  private static final double MOST_SIDE = 1.6;
  private static final double GAIN = 1e-3;
  private static final int WINS = 3;
  private static final int LEAST_DEFEATS = 4;

  private final double[] losses;
  private final int first;
  private final double distance;

  /**
   * Of the feasible trials' losses, at least one, in the order of their ends.
   *
   * @param design how many trials the initial design has
   */
  Headway(double[] losses, int design) {
    this.losses = losses;
    this.first = Math.min(design, losses.length);
    double[] sorted = Arrays.copyOf(losses, first);
    Arrays.sort(sorted);
    this.distance = sorted[first / 2] - best(losses.length);
  }

  private double best(int trials) {
    return Arrays.stream(losses, 0, trials).min().orElse(Double.POSITIVE_INFINITY);
  }

  /** Whether the last trials have gained nothing that matters. */
  boolean stalled() {
    int before = Math.max(0, losses.length - PATIENCE);
    return best(before) - best(losses.length) < MATERIAL * distance;
  }

  /** The gain, as a loss, below which an improvement is none once the study has stalled. */
  double demanded() {
    return DEMANDED * distance;
  }

  /**
   * The side of the trust region: twice as long after some gains in a row, half after as many
   * trials without one as there are dimensions, and of the first length again when it has become
   * too short. D. Eriksson et al., <i>Scalable Global Optimization via Local Bayesian
   * Optimization</i>, NeurIPS 2019.
   */
  double side(int dimensions) {
    double side = FIRST_SIDE;
    double best = best(first);
    int wins = 0;
    int defeats = 0;
    for (int i = first; i < losses.length; i++) {
      boolean better = best - losses[i] > GAIN * distance;
      best = Math.min(best, losses[i]);
      wins = better ? wins + 1 : 0;
      defeats = better ? 0 : defeats + 1;
      if (wins == WINS) {
        side = Math.min(MOST_SIDE, 2 * side);
        wins = 0;
      } else if (defeats == Math.max(LEAST_DEFEATS, dimensions)) {
        side = side / 2 < LEAST_SIDE ? FIRST_SIDE : side / 2;
        defeats = 0;
      }
    }
    return side;
  }
}
