package org.fettle.search.numeric;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Randomness that depends on nothing but the study's seed, the trial's number and what it is for,
 * so that a suggestion is the same in any JVM and after any crash.
 */
public final class Seeds {

  private Seeds() {}

  /** A fresh generator for one purpose of one trial. */
  public static RandomGenerator generator(long studySeed, long trial, String purpose) {
    return new SplittableRandom(derive(studySeed, trial, purpose));
  }

  /** A seed for one purpose of one trial. */
  public static long derive(long studySeed, long trial, String purpose) {
    long hash = mix(studySeed);
    hash = mix(hash ^ trial);
    for (int i = 0; i < purpose.length(); i++) {
      hash = mix(hash ^ purpose.charAt(i));
    }
    return hash;
  }

  /** Stafford's mixer 13 over a Weyl step, as in SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
  private static long mix(long value) {
    long mixed = value + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
