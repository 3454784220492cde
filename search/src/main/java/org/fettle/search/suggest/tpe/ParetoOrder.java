package org.fettle.search.suggest.tpe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.fettle.search.numeric.Sobol;

/** Non-domination among points of losses, smaller is better. */
final class ParetoOrder {

  /** Samples of a front's volume: some for each of the points that a share has to tell apart. */
  private static final int SAMPLES = 1024;

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

  /**
   * Returns each point's share of the volume that its front dominates: where several dominate, each
   * has an equal part. The volume is measured up to a tenth of the front's extent beyond its worst,
   * and by evenly spread samples, so that the cost does not grow with the power of the goals. A
   * point that is good in one goal and poor in all others has a small share. Crowding gives it an
   * infinite distance, which keeps a front's two ends, but with three goals and more fills half of
   * the good trials with such points.
   *
   * <p>J. Bader, E. Zitzler, <i>HypE: An Algorithm for Fast Hypervolume-Based Many-Objective
   * Optimization</i>, Evolutionary Computation 19(1), 2011.
   *
   * @param fronts of the points, of which those in fronts behind the first {@code most} points have
   *     no share
   */
  static double[] shares(double[][] losses, int[] fronts, int most) {
    double[] shares = new double[losses.length];
    int done = 0;
    for (int front = 0; done < Math.min(most, losses.length); front++) {
      int each = front;
      int[] members = IntStream.range(0, fronts.length).filter(i -> fronts[i] == each).toArray();
      addShares(losses, members, shares);
      done += members.length;
    }
    return shares;
  }

  private static void addShares(double[][] losses, int[] members, double[] shares) {
    int goals = losses[members[0]].length;
    double[] low = losses[members[0]].clone();
    double[] high = low.clone();
    for (int i : members) {
      for (int g = 0; g < goals; g++) {
        low[g] = Math.min(low[g], losses[i][g]);
        high[g] = Math.max(high[g], losses[i][g]);
      }
    }
    double[] sample = new double[goals];
    int[] above = new int[members.length];
    for (int k = 0; k < SAMPLES; k++) {
      for (int g = 0; g < goals; g++) {
        sample[g] = low[g] + Sobol.coordinate(g, k + 1) * 1.1 * (high[g] - low[g]);
      }
      int count = 0;
      for (int i : members) {
        if (covers(losses[i], sample)) {
          above[count++] = i;
        }
      }
      for (int a = 0; a < count; a++) {
        shares[above[a]] += 1.0 / (count * SAMPLES);
      }
    }
  }

  private static boolean covers(double[] point, double[] sample) {
    for (int g = 0; g < point.length; g++) {
      if (point[g] > sample[g]) {
        return false;
      }
    }
    return true;
  }
}
