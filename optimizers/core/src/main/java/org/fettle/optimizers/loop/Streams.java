package org.fettle.optimizers.loop;

import java.util.SplittableRandom;

/**
 * A run's streams of random numbers. Each follows from the run's seed and the number of an epoch
 * alone, so that a run that goes on from the end of one draws what it would have drawn.
 */
final class Streams {

  private Streams() {}

  /** For the first weights. */
  static SplittableRandom ofWeights(long seed) {
    return of(seed, 0, 0);
  }

  /** For the order of an epoch's rows; epochs count from 1. */
  static SplittableRandom ofOrder(long seed, int epoch) {
    return of(seed, epoch, 0);
  }

  /** For an epoch's noise and dropout. */
  static SplittableRandom ofEpoch(long seed, int epoch) {
    return of(seed, epoch, 1);
  }

  /** For the order of a member's rows; the first of a gang has that of a run alone. */
  static SplittableRandom ofOrder(long seed, int epoch, int rank) {
    return of(seed, epoch, 2 * rank);
  }

  /** For a member's noise and dropout, likewise. */
  static SplittableRandom ofEpoch(long seed, int epoch, int rank) {
    return of(seed, epoch, 2 * rank + 1);
  }

  private static SplittableRandom of(long seed, int epoch, int use) {
    return new SplittableRandom(mixed(mixed(mixed(seed) + epoch) + use));
  }

  /**
   * The step of Steele et al. 2014, doi:10.1145/2660193.2660195: neighbouring seeds have streams
   * that overlap; this drives them apart.
   */
  private static long mixed(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
