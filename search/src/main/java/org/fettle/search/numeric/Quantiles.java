package org.fettle.search.numeric;

/** Quantiles of samples. */
public final class Quantiles {

  private Quantiles() {}

  /**
   * The quantile of an ascending sample, linear between its neighbours (type 7 of Hyndman and Fan
   * 1996, doi:10.1080/00031305.1996.10473566).
   *
   * @param probability in [0, 1]
   */
  public static double sorted(double[] ascending, double probability) {
    if (ascending.length == 0) {
      throw new IllegalArgumentException("Sample must not be empty");
    }
    double place = probability * (ascending.length - 1);
    int below = (int) place;
    double low = ascending[below];
    if (below + 1 == ascending.length) {
      return low;
    }
    double part = place - below;
    return (1 - part) * low + part * ascending[below + 1];
  }
}
