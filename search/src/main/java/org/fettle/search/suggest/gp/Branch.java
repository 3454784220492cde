package org.fettle.search.suggest.gp;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * All assignments of a tree with the same options. Options compete by what was found in them so
 * far, and one that is good only once its parameters are tuned would lose: some suggestions
 * therefore look for what is best in a branch, whatever is known of others.
 *
 * @param options the dimensions of the options
 * @param point a point of the branch, of which the options matter; NaN where one is inactive
 */
@SuppressWarnings("ArrayRecordComponent") // shared inside the package, never changed
record Branch(List<Integer> options, double[] point) {

  /** A branch at random, each option's values being equally likely where it is active. */
  static Branch drawn(Encoding encoding, RandomGenerator random) {
    double[] place = new double[encoding.dimensions()];
    for (int i = 0; i < place.length; i++) {
      place[i] = random.nextDouble();
    }
    return new Branch(encoding.options(), encoding.point(encoding.assignment(place)));
  }

  /** Whether an assignment's point lies in the branch. */
  boolean holds(double[] other) {
    for (int i : options) {
      // Points come from assignments, so that equal values have equal places; NaN equals itself.
      if (Double.compare(other[i], point[i]) != 0) {
        return false;
      }
    }
    return true;
  }
}
