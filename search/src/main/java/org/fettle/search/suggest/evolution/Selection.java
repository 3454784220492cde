package org.fettle.search.suggest.evolution;

/**
 * How the last front that does not fit into the population as a whole is thinned. The names are
 * written to job files: add, never rename.
 */
public enum Selection {
  /** Crowding for up to three goals, reference points beyond. */
  AUTO,
  /** NSGA-II: those whose neighbours are far. */
  CROWDING,
  /** NSGA-III: those that are nearest to directions spread over all trade-offs. */
  REFERENCE_POINTS;

  /** From here on nearly every trial is in the first front and crowding says little. */
  private static final int MANY = 4;

  Selection resolved(int goals) {
    if (this != AUTO) {
      return this;
    }
    return goals < MANY ? CROWDING : REFERENCE_POINTS;
  }
}
