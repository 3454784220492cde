package org.fettle.optimizers.network;

/** The function a layer applies to each of its sums. Names reach files: add, never rename. */
public enum Activation {
  /** The sum itself. */
  IDENTITY,
  /** max(0, x). */
  RELU,
  TANH,
  /** 1 / (1 + exp(−x)). */
  SIGMOID,
  /** x above 0, x / 100 below: Maas et al. 2013. */
  LEAKY_RELU,
  /** x above 0, exp(x) − 1 below: Clevert et al. 2015, arXiv:1511.07289. */
  ELU,
  /** λ·x above 0, λ·α·(exp(x) − 1) below: Klambauer et al. 2017, arXiv:1706.02515. */
  SELU,
  /** x / (1 + exp(−1.702·x)): Hendrycks and Gimpel 2016, arXiv:1606.08415, in its quick form. */
  GELU,
  /** x / (1 + exp(−x)): Ramachandran et al. 2017, arXiv:1710.05941. */
  SWISH,
  /** ln(1 + exp(x)). */
  SOFTPLUS
}
