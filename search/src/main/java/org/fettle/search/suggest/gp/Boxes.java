package org.fettle.search.suggest.gp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The part of objective space that is better than a reference point and not dominated by a front,
 * cut into disjoint boxes, slab by slab along the last goal; all goals are minimised. Two goals
 * make one box more than the front has points, each further goal multiplies by about half the
 * front.
 */
final class Boxes {

  private final double[] reference;
  private final List<double[]> lows = new ArrayList<>();
  private final List<double[]> highs = new ArrayList<>();

  private Boxes(double[] reference) {
    this.reference = reference;
  }

  static Boxes outside(List<double[]> front, double[] reference) {
    Boxes boxes = new Boxes(reference);
    List<double[]> inside = new ArrayList<>();
    for (double[] point : front) {
      if (below(point, reference)) {
        inside.add(point);
      }
    }
    int goals = reference.length;
    boxes.cut(inside, goals - 1, new double[goals], new double[goals]);
    return boxes;
  }

  private static boolean below(double[] point, double[] reference) {
    for (int j = 0; j < point.length; j++) {
      if (!(point[j] < reference[j])) {
        return false;
      }
    }
    return true;
  }

  int size() {
    return lows.size();
  }

  double[] low(int box) {
    return lows.get(box);
  }

  double[] high(int box) {
    return highs.get(box);
  }

  private void cut(List<double[]> points, int goal, double[] low, double[] high) {
    low[goal] = Double.NEGATIVE_INFINITY;
    if (goal == 0) {
      high[0] = points.stream().mapToDouble(each -> each[0]).reduce(reference[0], Math::min);
      lows.add(low.clone());
      highs.add(high.clone());
      return;
    }
    List<double[]> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingDouble(each -> each[goal]));
    for (int i = 0; i <= sorted.size(); i++) {
      double from = i == 0 ? Double.NEGATIVE_INFINITY : sorted.get(i - 1)[goal];
      double to = i == sorted.size() ? reference[goal] : sorted.get(i)[goal];
      if (to > from) {
        low[goal] = from;
        high[goal] = to;
        cut(sorted.subList(0, i), goal - 1, low, high);
      }
    }
  }

  /** The points that no other point is at least as good as in every goal; of equals the first. */
  static List<Integer> front(List<double[]> points) {
    List<Integer> front = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      boolean dominated = false;
      for (int k = 0; k < points.size() && !dominated; k++) {
        dominated = k != i && dominates(points.get(k), points.get(i), k < i);
      }
      if (!dominated) {
        front.add(i);
      }
    }
    return front;
  }

  private static boolean dominates(double[] one, double[] other, boolean earlier) {
    boolean better = earlier;
    for (int j = 0; j < one.length; j++) {
      if (one[j] > other[j]) {
        return false;
      }
      better |= one[j] < other[j];
    }
    return better;
  }
}
