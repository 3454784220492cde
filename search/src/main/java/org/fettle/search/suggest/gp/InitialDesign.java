package org.fettle.search.suggest.gp;

import java.util.random.RandomGenerator;
import org.fettle.search.numeric.Seeds;

/**
 * A Latin hypercube: each of the design's points has its own slice of every dimension. Point k
 * depends on the study's seed and k alone.
 */
final class InitialDesign {

  private final int points;
  private final long seed;

  InitialDesign(int points, long seed) {
    this.points = points;
    this.seed = seed;
  }

  double[] place(int k, int dimensions) {
    RandomGenerator shuffling = Seeds.generator(seed, 0, "suggest/gp/design");
    RandomGenerator within = Seeds.generator(seed, k, "suggest/gp/within");
    double[] place = new double[dimensions];
    for (int i = 0; i < dimensions; i++) {
      place[i] = (shuffled(shuffling)[k] + within.nextDouble()) / points;
    }
    return place;
  }

  private int[] shuffled(RandomGenerator random) {
    int[] order = new int[points];
    for (int i = 0; i < points; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }
}
