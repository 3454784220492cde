package org.fettle.search.numeric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Pareto dominance among vectors of losses: smaller is better in each place. */
public final class Dominance {

  private Dominance() {}

  /** Whether one vector is no worse anywhere and better somewhere. */
  public static boolean dominates(double[] one, double[] other) {
    boolean better = false;
    for (int i = 0; i < one.length; i++) {
      if (one[i] > other[i]) {
        return false;
      }
      better |= one[i] < other[i];
    }
    return better;
  }

  /** The places of the vectors that none dominates, ascending; equal vectors are all there. */
  public static int[] front(double[][] losses) {
    int[] ranks = ranks(losses);
    return IntStream.range(0, losses.length).filter(i -> ranks[i] == 0).toArray();
  }

  /**
   * The front each vector is in: 0 if none dominates it, 1 if those in front 0 alone do, and so on.
   * Takes n log n steps for two losses and n² at worst for more.
   *
   * <p>X. Zhang, Y. Tian, R. Cheng, Y. Jin, <i>An Efficient Approach to Nondominated Sorting</i>,
   * 2015, doi:10.1109/TEVC.2014.2308305.
   */
  public static int[] ranks(double[][] losses) {
    Integer[] order = IntStream.range(0, losses.length).boxed().toArray(Integer[]::new);
    // None is dominated by one that stands behind it in this order.
    Arrays.sort(order, Comparator.comparing(i -> losses[i], Arrays::compare));
    List<List<double[]>> fronts = new ArrayList<>();
    int[] ranks = new int[losses.length];
    for (int i : order) {
      int rank = rank(fronts, losses[i]);
      if (rank == fronts.size()) {
        fronts.add(new ArrayList<>());
      }
      fronts.get(rank).add(losses[i]);
      ranks[i] = rank;
    }
    return ranks;
  }

  /** The first front with no vector that dominates; each front dominates all behind it. */
  private static int rank(List<List<double[]>> fronts, double[] vector) {
    int low = 0;
    int high = fronts.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (dominated(fronts.get(middle), vector)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static boolean dominated(List<double[]> front, double[] vector) {
    // In a sorted front of two losses the last vector has the least second loss.
    int first = vector.length == 2 ? front.size() - 1 : 0;
    for (int i = front.size() - 1; i >= first; i--) {
      if (dominates(front.get(i), vector)) {
        return true;
      }
    }
    return false;
  }

  /**
   * How far each vector's neighbours in its front are apart, summed over the losses, each by the
   * front's range; infinite at the ends.
   *
   * <p>K. Deb et al., <i>A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II</i>, 2002,
   * doi:10.1109/4235.996017.
   */
  public static double[] crowding(double[][] front) {
    double[] crowding = new double[front.length];
    int width = front.length == 0 ? 0 : front[0].length;
    for (int loss = 0; loss < width; loss++) {
      int by = loss;
      int[] order =
          IntStream.range(0, front.length)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> front[i][by]))
              .mapToInt(Integer::intValue)
              .toArray();
      double least = front[order[0]][loss];
      double most = front[order[order.length - 1]][loss];
      for (int i = 0; i < order.length; i++) {
        boolean end = i == 0 || i == order.length - 1;
        if (end) {
          crowding[order[i]] = Double.POSITIVE_INFINITY;
        } else if (most > least) {
          // Halves, so that a range near the largest double does not overflow.
          double gap = front[order[i + 1]][loss] / 2 - front[order[i - 1]][loss] / 2;
          crowding[order[i]] += gap / (most / 2 - least / 2);
        }
      }
    }
    return crowding;
  }
}
