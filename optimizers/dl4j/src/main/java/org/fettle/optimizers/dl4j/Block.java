package org.fettle.optimizers.dl4j;

/**
 * Parameters of a layer that belong together: for each unit the weights of its inputs, or one
 * number.
 *
 * @param offset of the first among all parameters of the network
 * @param initial what they begin with, unless they are weights
 */
record Block(Role role, int offset, int units, int perUnit, int fanIn, int fanOut, float initial) {

  /** How training treats them. */
  enum Role {
    WEIGHTS,
    /** Biases, and scales of normalisations, which no penalty keeps small. */
    OTHERS,
    /** Running means, which a step moves by their gradient as it is. */
    STATISTICS
  }

  int length() {
    return units * perUnit;
  }
}
