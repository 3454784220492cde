package org.fettle.search.suggest.cmaes;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * The settings of a CMA-ES.
 *
 * @param population λ; if empty, from the dimensions and the parallelism
 * @param step σ of the first generation, in parts of each range
 * @param tolerance a run ends when every deviation is smaller, in parts of the range
 */
record Knobs(
    OptionalInt population, double step, Restarts restarts, double tolerance, boolean warmStart) {

  Knobs {
    requireNonNull(restarts, "restarts is null");
  }
}
