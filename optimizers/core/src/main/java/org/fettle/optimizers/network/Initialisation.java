package org.fettle.optimizers.network;

/**
 * How weights begin; biases begin at zero. <i>in</i> and <i>out</i> are the numbers of a layer's
 * inputs and units. Names reach files: add, never rename.
 */
public enum Initialisation {
  /** Normal with variance 2 / in: He et al. 2015, doi:10.1109/ICCV.2015.123. */
  HE,
  /** Normal with variance 2 / (in + out): Glorot and Bengio 2010. */
  XAVIER,
  /** All zero: right for a network without hidden layers only. */
  ZERO
}
