package org.fettle.search.numeric;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Ranks of a sample; equal values share the mean of theirs. */
public final class Ranks {

  private Ranks() {}

  /** Twice the rank of each value, from 2 for the least alone; twice, to be whole. */
  public static int[] doubled(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] doubled = new int[order.length];
    for (int from = 0; from < order.length; ) {
      int to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        doubled[order[i]] = from + 1 + to;
      }
      from = to;
    }
    return doubled;
  }
}
