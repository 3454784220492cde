package org.fettle.search.numeric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The volume that vectors of losses dominate up to a reference, exactly: by a sweep for two and
 * three losses, by exclusive volumes of ever fewer losses beyond.
 *
 * <p>C. M. Fonseca, L. Paquete, M. López-Ibáñez, 2006, doi:10.1109/CEC.2006.1688440; L. While, L.
 * Bradstreet, L. Barone, <i>A Fast Way of Calculating Exact Hypervolumes</i>, 2012,
 * doi:10.1109/TEVC.2010.2077298.
 */
public final class Hypervolume {

  private Hypervolume() {}

  /**
   * The dominated volume; vectors that are not better than the reference everywhere add nothing.
   *
   * @throws IllegalArgumentException if a vector is not as long as the reference
   */
  public static double of(double[][] losses, double[] reference) {
    for (double[] vector : losses) {
      if (vector.length != reference.length) {
        throw new IllegalArgumentException(
            "Vector must have %d losses like the reference, but had %d"
                .formatted(reference.length, vector.length));
      }
    }
    return volume(
        Arrays.stream(losses).filter(vector -> inside(vector, reference)).toArray(double[][]::new),
        reference,
        reference.length);
  }

  private static boolean inside(double[] vector, double[] reference) {
    for (int i = 0; i < vector.length; i++) {
      if (!(vector[i] < reference[i])) {
        return false;
      }
    }
    return true;
  }

  /** Looks at the first {@code width} losses only. */
  private static double volume(double[][] points, double[] reference, int width) {
    if (points.length == 0) {
      return 0;
    }
    if (width == 1) {
      return reference[0] - Arrays.stream(points).mapToDouble(p -> p[0]).min().orElseThrow();
    }
    double[][] sorted = points.clone();
    Arrays.sort(sorted, Comparator.comparingDouble(point -> point[width - 1]));
    if (width <= 3) {
      return width == 2 ? area(sorted, reference) : sweep(sorted, reference);
    }
    double total = 0;
    for (int i = sorted.length - 1; i >= 0; i--) {
      double depth = reference[width - 1] - sorted[i][width - 1];
      total += depth * exclusive(sorted, i, reference, width - 1);
    }
    return total;
  }

  /** What point {@code i} adds to those before it, in the first {@code width} losses. */
  private static double exclusive(double[][] sorted, int i, double[] reference, int width) {
    double inclusive = 1;
    for (int loss = 0; loss < width; loss++) {
      inclusive *= reference[loss] - sorted[i][loss];
    }
    double[][] limited = new double[i][width];
    for (int other = 0; other < i; other++) {
      for (int loss = 0; loss < width; loss++) {
        limited[other][loss] = Math.max(sorted[other][loss], sorted[i][loss]);
      }
    }
    int[] front = Dominance.front(limited);
    double[][] kept = new double[front.length][];
    Arrays.setAll(kept, place -> limited[front[place]]);
    return inclusive - volume(kept, reference, width);
  }

  /** Two losses, sorted by the second. */
  private static double area(double[][] sorted, double[] reference) {
    double area = 0;
    double edge = reference[0];
    for (double[] point : sorted) {
      if (point[0] < edge) {
        area += (edge - point[0]) * (reference[1] - point[1]);
        edge = point[0];
      }
    }
    return area;
  }

  /** Three losses, sorted by the third: the area of a growing staircase times the height. */
  private static double sweep(double[][] sorted, double[] reference) {
    NavigableMap<Double, Double> stairs = new TreeMap<>();
    stairs.put(Double.NEGATIVE_INFINITY, reference[1]);
    stairs.put(reference[0], Double.NEGATIVE_INFINITY);
    double area = 0;
    double volume = 0;
    for (int i = 0; i < sorted.length; i++) {
      area += step(stairs, sorted[i][0], sorted[i][1]);
      double next = i + 1 < sorted.length ? sorted[i + 1][2] : reference[2];
      volume += area * (next - sorted[i][2]);
    }
    return volume;
  }

  /** Adds a step at (x, y) to stairs that descend in y, and returns the area gained. */
  private static double step(NavigableMap<Double, Double> stairs, double x, double y) {
    Map.Entry<Double, Double> left = stairs.floorEntry(x);
    if (left.getValue() <= y) {
      return 0;
    }
    double gained = 0;
    double from = x;
    double height = left.getValue();
    Map.Entry<Double, Double> right = stairs.higherEntry(x);
    while (true) {
      gained += (right.getKey() - from) * (height - y);
      if (right.getValue() <= y) {
        break;
      }
      from = right.getKey();
      height = right.getValue();
      stairs.remove(right.getKey());
      right = stairs.higherEntry(x);
    }
    stairs.put(x, y);
    return gained;
  }
}
