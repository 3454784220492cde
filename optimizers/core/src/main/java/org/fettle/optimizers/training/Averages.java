package org.fettle.optimizers.training;

import java.util.List;

/** Means over replicas. */
final class Averages {

  private Averages() {}

  /** Gives every array the element by element mean, summed in the list's order. */
  static void average(List<float[]> arrays) {
    float[] first = arrays.get(0);
    float part = 1f / arrays.size();
    for (int i = 1; i < arrays.size(); i++) {
      float[] other = arrays.get(i);
      for (int at = 0; at < first.length; at++) {
        first[at] += other[at];
      }
    }
    for (int at = 0; at < first.length; at++) {
      first[at] *= part;
    }
    for (int i = 1; i < arrays.size(); i++) {
      System.arraycopy(first, 0, arrays.get(i), 0, first.length);
    }
  }
}
