package org.fettle.search.suggest.gradient;

/**
 * The settings of a descent; lengths are parts of each parameter's range.
 *
 * @param startup points of an even cover that are tried before the best of them is descended from
 * @param difference how far to either side a gradient is first looked for
 * @param steps how many lengths of a step are tried at once
 * @param tolerance a descent has ended where differences shorter than this show nothing better
 */
record Knobs(int startup, double difference, int steps, double tolerance) {

  Knobs {
    if (startup < 1 || steps < 1 || !(tolerance > 0) || !(difference >= tolerance)) {
      throw new IllegalArgumentException(
          "Difference must be at least the tolerance, but was %s < %s"
              .formatted(difference, tolerance));
    }
  }
}
