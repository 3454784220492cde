package org.fettle.search.study;

import static java.util.Objects.requireNonNull;

/**
 * What a run said of itself on the way.
 *
 * @param fold which fold, from 0
 * @param step how much budget was used, usually epochs, from 1
 */
public record Report(int fold, int step, Measurement measurement) {

  public Report {
    requireNonNull(measurement, "measurement is null");
    if (fold < 0 || step < 1) {
      throw new IllegalArgumentException(
          "Report must have fold ≥ 0 and step ≥ 1, but was " + fold + " and " + step);
    }
  }
}
