package org.fettle.search.suggest.gp;

import org.fettle.search.space.Assignment;

/**
 * A place in the unit cube with what it stands for and is worth.
 *
 * @param place a value for every dimension, also for inactive ones
 * @param point the place with NaN in the inactive dimensions
 */
@SuppressWarnings("ArrayRecordComponent") // shared inside the package, never changed
record Candidate(double[] place, double[] point, Assignment assignment, double worth) {}
