package org.fettle.search.numeric;

/**
 * How many of a population are marked, judged by a sample without replacement: the interval of
 * Clopper and Pearson for a finite population, which is all of it where all were looked at.
 *
 * <p>C. J. Clopper, E. S. Pearson, Biometrika 26, 1934, doi:10.1093/biomet/26.4.404.
 */
public final class Hypergeometric {

  /**
   * From how many to how many are marked.
   *
   * @param low the least number that would not make so many in the sample improbable
   * @param high the greatest number that would not make so few improbable
   */
  public record Interval(int low, int high) {}

  private final double[] logFactorials;
  private final int population;
  private final int sample;

  private Hypergeometric(int population, int sample) {
    this.population = population;
    this.sample = sample;
    this.logFactorials = new double[population + 1];
    for (int i = 1; i <= population; i++) {
      logFactorials[i] = logFactorials[i - 1] + StrictMath.log(i);
    }
  }

  /**
   * The numbers that a sample leaves possible.
   *
   * @param found how many of the sample are marked
   * @param confidence in (0, 1); each end leaves out half of the rest
   */
  public static Interval interval(int population, int sample, int found, double confidence) {
    if (sample < 1 || sample > population || found < 0 || found > sample) {
      throw new IllegalArgumentException(
          "Sample must be 1 to %d with 0 to so many found, but was %d with %d"
              .formatted(population, sample, found));
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "Confidence must be between 0 and 1, but was " + confidence);
    }
    Hypergeometric distribution = new Hypergeometric(population, sample);
    double tail = (1 - confidence) / 2;
    int low = found;
    while (distribution.sum(low, found, sample) <= tail) {
      low++;
    }
    int high = population - (sample - found);
    while (distribution.sum(high, 0, found) <= tail) {
      high--;
    }
    return new Interval(low, high);
  }

  /** The probability that a sample has from so many to so many, where so many are marked. */
  private double sum(int marked, int from, int to) {
    double sum = 0;
    for (int k = Math.max(from, sample - (population - marked)); k <= Math.min(to, marked); k++) {
      sum +=
          StrictMath.exp(
              logChoices(marked, k)
                  + logChoices(population - marked, sample - k)
                  - logChoices(population, sample));
    }
    return sum;
  }

  private double logChoices(int from, int chosen) {
    return logFactorials[from] - logFactorials[chosen] - logFactorials[from - chosen];
  }
}
