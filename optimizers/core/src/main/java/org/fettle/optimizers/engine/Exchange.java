package org.fettle.optimizers.engine;

/** How workers in several processes that train one network tell each other what they learnt. */
public enum Exchange {
  /** Each takes some steps on batches of its own; then all get the mean of their parameters. */
  AVERAGING,
  /** All take each step together, along the mean of their gradients. */
  GRADIENTS
}
