package org.fettle.search.numeric;

import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/**
 * The Halton sequence, whose dimensions count in the prime numbers, and its random scrambling.
 *
 * <p>J. H. Halton, 1960, doi:10.1007/BF01386213; scrambling by A. B. Owen, <i>A randomized Halton
 * algorithm in R</i>, 2017, arXiv 1706.02808.
 */
public final class Halton {

  /** How many dimensions there are prime numbers for. */
  public static final int DIMENSIONS = 10_000;

  /** The 10,000th prime number. */
  private static final int LARGEST = 104_729;

  private Halton() {}

  /** Coordinate of the plain sequence; the point of index 0 is the origin. */
  public static double coordinate(int dimension, long index) {
    int base = prime(dimension);
    double scale = 1.0 / base;
    double sum = 0;
    for (long rest = index; rest > 0; rest /= base, scale /= base) {
      sum += (rest % base) * scale;
    }
    return sum;
  }

  /**
   * Coordinate of the sequence with the digits at each place permuted at random, those zeros too
   * that follow the number. In the half-open unit interval.
   */
  public static double scrambled(int dimension, long index, long seed) {
    int base = prime(dimension);
    long own = Seeds.derive(seed, dimension, "halton");
    double scale = 1.0 / base;
    double sum = 0;
    long rest = index;
    for (int place = 0; scale > 0x1p-54; place++, rest /= base, scale /= base) {
      sum += permuted((int) (rest % base), base, Seeds.generator(own, place, "")) * scale;
    }
    return Math.min(sum, Math.nextDown(1.0));
  }

  /** Where a shuffle of 0 … base − 1 sends a digit. */
  private static int permuted(int digit, int base, RandomGenerator random) {
    int[] shuffled = new int[base];
    Arrays.setAll(shuffled, i -> i);
    for (int i = base - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = shuffled[i];
      shuffled[i] = shuffled[other];
      shuffled[other] = kept;
    }
    return shuffled[digit];
  }

  /**
   * The prime number with that many smaller ones.
   *
   * @throws IllegalArgumentException from the 10,001st on
   */
  static int prime(int index) {
    if (index < 0 || index >= DIMENSIONS) {
      throw new IllegalArgumentException(
          "Dimension must be from 0 to " + (DIMENSIONS - 1) + ", but was " + index);
    }
    return Sieve.PRIME[index];
  }

  private static final class Sieve {
    static final int[] PRIME = primes();

    private static int[] primes() {
      BitSet candidates = new BitSet(LARGEST + 1);
      candidates.set(2, LARGEST + 1);
      for (int prime = 2; prime * prime <= LARGEST; prime = candidates.nextSetBit(prime + 1)) {
        for (int multiple = prime * prime; multiple <= LARGEST; multiple += prime) {
          candidates.clear(multiple);
        }
      }
      return candidates.stream().toArray();
    }
  }
}
