package org.fettle.optimizers.training;

import java.util.OptionalInt;

/**
 * Copies of a network that train one run together, each on a thread of its own.
 *
 * @param count how many
 * @param averageEvery empty: the rows of each batch are shared out and their gradients added up, so
 *     that the result is that of one replica but for rounding, dropout and what a layer computes
 *     over a batch's rows. A number k: each replica takes batches of its own, and after k steps,
 *     and at the end of an epoch, all get the mean of their parameters and updaters' states.
 */
public record Replicas(int count, OptionalInt averageEvery) {

  public Replicas {
    Require.atLeastOne("Replicas", count);
    averageEvery.ifPresent(every -> Require.atLeastOne("Averaging frequency", every));
  }

  /** No other copy. */
  public static Replicas one() {
    return new Replicas(1, OptionalInt.empty());
  }
}
