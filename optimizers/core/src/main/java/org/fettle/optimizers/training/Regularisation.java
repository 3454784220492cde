package org.fettle.optimizers.training;

/**
 * What is added to a batch's mean loss to keep weights small.
 *
 * @param l2 adds l2/2 · Σw² over all weights, not biases, and so l2·w to each gradient, before the
 *     updater
 */
public record Regularisation(double l2) {

  public Regularisation {
    if (!(l2 >= 0 && Double.isFinite(l2))) {
      throw new IllegalArgumentException("L2 must be at least 0, but was " + l2);
    }
  }

  public static Regularisation none() {
    return new Regularisation(0);
  }
}
