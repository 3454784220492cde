package org.fettle.optimizers.loop;

/** How members of a gang add up arrays. */
@FunctionalInterface
public interface AllReduce {

  /**
   * Replaces each number by the sum of those that all members have in its place: the same bits for
   * all. Waits for all.
   *
   * @throws org.fettle.optimizers.engine.GangBrokenException when another member is lost
   */
  void sum(float[] values);
}
