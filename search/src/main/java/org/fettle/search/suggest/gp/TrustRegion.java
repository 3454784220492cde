package org.fettle.search.suggest.gp;

import java.util.Arrays;

/**
 * How long the sides of the box around the best trial are in which a search stays: twice as long
 * after some gains in a row, half after as many trials without one as there are dimensions, and of
 * the first length again when they have become too short. D. Eriksson et al., <i>Scalable Global
 * Optimization via Local Bayesian Optimization</i>, NeurIPS 2019.
 */
final class TrustRegion {

  private static final double FIRST_SIDE = 0.8;
  private static final double LEAST_SIDE = 0x1p-7;
  private static final double MOST_SIDE = 1.6;
  private static final int WINS = 3;
  private static final int LEAST_DEFEATS = 4;

  /** Least gain, in the distance of the best loss from the median of the initial design. */
  private static final double GAIN = 1e-3;

  private TrustRegion() {}

  /**
   * The geometric mean of the sides.
   *
   * @param losses of the feasible trials, at least one, in the order of their ends
   * @param design how many trials the initial design has
   */
  static double side(double[] losses, int design, int dimensions) {
    int first = Math.min(design, losses.length);
    double[] sorted = Arrays.copyOf(losses, first);
    Arrays.sort(sorted);
    double least = Arrays.stream(losses).min().orElseThrow();
    double gain = GAIN * (sorted[first / 2] - least);
    double side = FIRST_SIDE;
    double best = sorted[0];
    int wins = 0;
    int defeats = 0;
    for (int i = first; i < losses.length; i++) {
      boolean better = best - losses[i] > gain;
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
