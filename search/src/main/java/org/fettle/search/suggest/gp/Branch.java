package org.fettle.search.suggest.gp;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * All assignments of a tree with the same options. Options compete by what was found in them so
 * far, and one that is good only once its parameters are tuned would lose: some suggestions
 * therefore look for what is best in a branch, as if there were no other.
 *
 * @param point a point of the branch, of which the options matter; NaN where one is inactive
 * @param features the same point by columns
 */
@SuppressWarnings("ArrayRecordComponent") // shared inside the package, never changed
record Branch(Encoding encoding, double[] point, double[] features) {

  /** A branch at random, each option's values being equally likely where it is active. */
  static Branch drawn(Encoding encoding, RandomGenerator random) {
    double[] place = new double[encoding.dimensions()];
    for (int i = 0; i < place.length; i++) {
      place[i] = random.nextDouble();
    }
    double[] point = encoding.point(encoding.assignment(place));
    return new Branch(encoding, point, encoding.features(point));
  }

  /** Whether an assignment, given by its columns, lies in the branch. */
  boolean holds(double[] other) {
    for (int c = 0; c < features.length; c++) {
      // Columns come from assignments, so that equal values are equal to the last bit.
      if (other[c] != features[c]
          && encoding.options().contains(encoding.columns().get(c).dimension())) {
        return false;
      }
    }
    return true;
  }

  /** How many parameters there are to be tuned in the branch. */
  int parameters() {
    return (int)
        encoding.varying().stream()
            .filter(i -> !Double.isNaN(point[i]) && !encoding.options().contains(i))
            .count();
  }

  /** A name that no other branch has. */
  String name() {
    return Arrays.toString(encoding.options().stream().mapToDouble(i -> point[i]).toArray());
  }
}
