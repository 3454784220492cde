package org.fettle.optimizers.training;

/**
 * What keeps weights small, and what makes training rows vary. Biases are left alone.
 *
 * @param l1 adds l1 · Σ|w| to a batch's mean loss, and so ±l1 to each gradient, before clipping and
 *     update; nothing at w = 0
 * @param l2 adds l2/2 · Σw², and so l2·w to each gradient, before clipping and update
 * @param weightDecay a step takes α·weightDecay·w off each weight before its update, α being the
 *     step's learning rate: Loshchilov and Hutter 2019, arXiv:1711.05101
 * @param maxNorm after a step, a unit's incoming weights whose norm is above it are scaled to it; 0
 *     for no bound. Srivastava et al. 2014
 * @param noise standard deviation of the Gaussian noise that is added to each feature of a training
 *     row, anew in each epoch
 */
public record Regularisation(
    double l1, double l2, double weightDecay, double maxNorm, double noise) {

  public Regularisation {
    Require.notNegative("L1", l1);
    Require.notNegative("L2", l2);
    Require.notNegative("Weight decay", weightDecay);
    Require.notNegative("Max norm", maxNorm);
    Require.notNegative("Noise", noise);
  }

  public static Regularisation none() {
    return new Regularisation(0, 0, 0, 0, 0);
  }

  /** An L2 penalty and nothing else. */
  public static Regularisation ofL2(double l2) {
    return new Regularisation(0, l2, 0, 0, 0);
  }
}
