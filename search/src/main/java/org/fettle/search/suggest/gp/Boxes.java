package org.fettle.search.suggest.gp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The part of objective space that is better than a reference point and not dominated by a front,
 * cut into disjoint boxes; all goals are minimised. Two goals make one box more than the front has
 * points, three goals at most twice as many, and each further goal, along which it is cut slab by
 * slab, multiplies by about half the front.
 *
 * <p>R. Lacour, K. Klamroth, C. Fonseca, <i>A Box Decomposition Algorithm to Compute the
 * Hypervolume Indicator</i>, Computers and Operations Research 79, 2017, has the count for three
 * goals; here a plane sweeps along the third and closes boxes where the front in it changes.
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
    if (goal == 2) {
      sweep(sorted, low, high);
      return;
    }
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

  /**
   * What is not dominated at the plane, over an interval of the first goal.
   *
   * @param to of the first goal
   * @param top of the second goal
   * @param since where the plane was when it became so
   */
  private record Strip(double from, double to, double top, double since) {}

  private void sweep(List<double[]> sorted, double[] low, double[] high) {
    List<Strip> strips = new ArrayList<>();
    double least = Double.NEGATIVE_INFINITY;
    strips.add(new Strip(least, reference[0], reference[1], least));
    for (double[] point : sorted) {
      List<Strip> next = new ArrayList<>();
      double to = least;
      for (Strip strip : strips) {
        if (strip.to() <= point[0] || strip.top() <= point[1]) {
          if (to > least) {
            next.add(new Strip(point[0], to, point[1], point[2]));
            to = least;
          }
          next.add(strip);
          continue;
        }
        if (strip.from() < point[0]) {
          next.add(new Strip(strip.from(), point[0], strip.top(), strip.since()));
        }
        double from = Math.max(strip.from(), point[0]);
        close(new Strip(from, strip.to(), strip.top(), strip.since()), point[2], low, high);
        to = strip.to();
      }
      if (to > least) {
        next.add(new Strip(point[0], to, point[1], point[2]));
      }
      strips = next;
    }
    strips.forEach(strip -> close(strip, reference[2], low, high));
  }

  private void close(Strip strip, double plane, double[] low, double[] high) {
    if (plane > strip.since()) {
      low[0] = strip.from();
      high[0] = strip.to();
      low[1] = Double.NEGATIVE_INFINITY;
      high[1] = strip.top();
      low[2] = strip.since();
      high[2] = plane;
      lows.add(low.clone());
      highs.add(high.clone());
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
