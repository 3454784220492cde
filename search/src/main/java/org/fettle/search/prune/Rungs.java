package org.fettle.search.prune;

import java.util.OptionalLong;

/**
 * The steps at which trials are compared: {@code first}, {@code first · reduction}, and so on.
 *
 * @param first the lowest rung, in steps, at least 1
 * @param reduction of so many trials one may pass each rung, at least 2
 */
record Rungs(long first, int reduction) {

  Rungs {
    if (first < 1 || reduction < 2) {
      throw new IllegalArgumentException(
          "Rungs must have first ≥ 1 and reduction ≥ 2, but was " + first + " and " + reduction);
    }
  }

  /** The highest rung that a run came to when it went from one step to another. */
  OptionalLong reached(int previous, int step) {
    if (step < first) {
      return OptionalLong.empty();
    }
    long rung = first;
    while (rung * reduction <= step) {
      rung *= reduction;
    }
    return previous < rung ? OptionalLong.of(rung) : OptionalLong.empty();
  }

  /** The lowest rung of a bracket: each bracket starts one rung higher than the one before. */
  Rungs bracket(int bracket) {
    long raised = first;
    for (int i = 0; i < bracket; i++) {
      raised = Math.multiplyExact(raised, reduction);
    }
    return new Rungs(raised, reduction);
  }
}
