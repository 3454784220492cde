package org.fettle.search.suggest.gp;

/**
 * What a surrogate is fitted with. The outputs are standardised, so the kernel's own scale is 1.
 *
 * @param lengthScales one for each parameter of the space, in unit-interval lengths
 * @param noise variance of the noise, in variances of the outputs
 */
@SuppressWarnings("ArrayRecordComponent") // shared inside the package, never changed
record Hyperparameters(double[] lengthScales, double noise) {}
