package org.fettle.optimizers.network;

/** The function a layer applies to each of its sums. Names reach files: add, never rename. */
public enum Activation {
  /** The sum itself. */
  IDENTITY,
  /** max(0, x). */
  RELU,
  TANH,
  /** 1 / (1 + exp(−x)). */
  SIGMOID
}
