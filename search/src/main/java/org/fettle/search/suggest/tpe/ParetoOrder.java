package org.fettle.search.suggest.tpe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Non-domination among points of losses, smaller is better. */
final class ParetoOrder {

  private ParetoOrder() {}

  /**
   * Returns the front of each point: 0 for those that none dominates, 1 for those that only front 0
   * does, and so on.
   *
   * <p>X. Zhang, Y. Tian, R. Cheng, Y. Jin, <i>An Efficient Approach to Nondominated Sorting for
   * Evolutionary Multiobjective Optimization</i>, IEEE TEVC 19(2), 2015: points in lexicographic
   * order, each put by binary search into the first front without a point that dominates it. Of two
   * losses the last point of a front alone has to be looked at.
   */
  static int[] fronts(double[][] losses) {
    Integer[] order = IntStream.range(0, losses.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparing(i -> losses[i], Arrays::compare));
    List<List<double[]>> fronts = new ArrayList<>();
    int[] front = new int[losses.length];
    for (int i : order) {
      int low = 0;
      int high = fronts.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (dominated(losses[i], fronts.get(middle))) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      if (low == fronts.size()) {
        fronts.add(new ArrayList<>());
      }
      fronts.get(low).add(losses[i]);
      front[i] = low;
    }
    return front;
  }

  private static boolean dominated(double[] point, List<double[]> front) {
    int least = point.length == 2 ? front.size() - 1 : 0;
    for (int i = front.size() - 1; i >= least; i--) {
      if (dominates(front.get(i), point)) {
        return true;
      }
    }
    return false;
  }

  static boolean dominates(double[] one, double[] other) {
    boolean better = false;
    for (int i = 0; i < one.length; i++) {
      if (one[i] > other[i]) {
        return false;
      }
      better |= one[i] < other[i];
    }
    return better;
  }

  /**
   * Returns how far each point is from its neighbours in its front, summed over the losses in units
   * of the front's extent; infinite at a front's ends.
   *
   * <p>K. Deb, A. Pratap, S. Agarwal, T. Meyarivan, <i>A Fast and Elitist Multiobjective Genetic
   * Algorithm: NSGA-II</i>, IEEE TEVC 6(2), 2002.
   */
  static double[] crowding(double[][] losses, int[] fronts) {
    double[] crowding = new double[losses.length];
    int goals = losses.length == 0 ? 0 : losses[0].length;
    for (int g = 0; g < goals; g++) {
      int goal = g;
      int[] order =
          IntStream.range(0, losses.length)
              .boxed()
              .sorted(
                  Comparator.<Integer>comparingInt(i -> fronts[i])
                      .thenComparingDouble(i -> losses[i][goal])
                      .thenComparingInt(i -> i))
              .mapToInt(i -> i)
              .toArray();
      for (int from = 0, to; from < order.length; from = to) {
        to = from + 1;
        while (to < order.length && fronts[order[to]] == fronts[order[from]]) {
          to++;
        }
        double extent = losses[order[to - 1]][goal] - losses[order[from]][goal];
        crowding[order[from]] = Double.POSITIVE_INFINITY;
        crowding[order[to - 1]] = Double.POSITIVE_INFINITY;
        for (int i = from + 1; i < to - 1 && extent > 0; i++) {
          crowding[order[i]] += (losses[order[i + 1]][goal] - losses[order[i - 1]][goal]) / extent;
        }
      }
    }
    return crowding;
  }
}
