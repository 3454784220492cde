package org.fettle.search.numeric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * What one tree says of one axis or two, on average over all others, each uniform on the unit
 * interval; exact, from the boxes of its leaves. A tree is constant on the cells that its splits
 * cut an axis into, and so are its marginals.
 *
 * <p>F. Hutter, H. Hoos, K. Leyton-Brown, <i>An Efficient Approach for Assessing Hyperparameter
 * Importance</i>, ICML 2014.
 */
public final class TreeMarginals {

  /** The box of a leaf; per axis the runs of cells that it covers, as from, to, from, to. */
  @SuppressWarnings("ArrayRecordComponent") // never leaves this class
  private record Leaf(double value, double volume, int[][] runs, double[] widths) {}

  private static final double[] ONE = {0, 1};

  private final ForestAxis[] axes;

  /** The ends of each axis' cells, from 0 to 1. */
  private final double[][] ends;

  private final List<Leaf> leaves = new ArrayList<>();
  private final double[] variances;
  private final double mean;
  private final double variance;

  TreeMarginals(ForestAxis[] axes, RegressionTree tree) {
    this.axes = axes;
    this.ends = ends(axes, tree);
    tree.visit((value, low, high, sets) -> leaves.add(leaf(value, low, high, sets)));
    double sum = 0;
    double squares = 0;
    for (Leaf leaf : leaves) {
      sum += leaf.volume() * leaf.value();
    }
    this.mean = sum;
    for (Leaf leaf : leaves) {
      squares += leaf.volume() * (leaf.value() - mean) * (leaf.value() - mean);
    }
    this.variance = squares;
    this.variances = new double[axes.length];
    Arrays.setAll(variances, axis -> spread(new double[][] {curve(axis)}, ONE, ends[axis]));
  }

  private static double[][] ends(ForestAxis[] axes, RegressionTree tree) {
    List<TreeSet<Double>> cuts = new ArrayList<>();
    for (ForestAxis axis : axes) {
      TreeSet<Double> set = new TreeSet<>(List.of(0.0, 1.0));
      for (int cell = 1; !axis.ordered() && cell < axis.cells(); cell++) {
        set.add((double) cell / axis.cells());
      }
      cuts.add(set);
    }
    tree.visit(
        (value, low, high, sets) -> {
          for (int axis = 0; axis < low.length; axis++) {
            cuts.get(axis).add(low[axis]);
          }
        });
    return cuts.stream()
        .map(set -> set.stream().mapToDouble(Double::doubleValue).toArray())
        .toArray(double[][]::new);
  }

  private Leaf leaf(double value, double[] low, double[] high, boolean[][] sets) {
    int[][] runs = new int[axes.length][];
    double[] widths = new double[axes.length];
    double volume = 1;
    for (int axis = 0; axis < axes.length; axis++) {
      if (axes[axis].ordered()) {
        int from = Arrays.binarySearch(ends[axis], low[axis]);
        runs[axis] = new int[] {from, Arrays.binarySearch(ends[axis], high[axis])};
        widths[axis] = high[axis] - low[axis];
      } else {
        runs[axis] = runs(sets[axis]);
        for (int i = 0; i < runs[axis].length; i += 2) {
          widths[axis] += (double) (runs[axis][i + 1] - runs[axis][i]) / sets[axis].length;
        }
      }
      volume *= widths[axis];
    }
    return new Leaf(value, volume, runs, widths);
  }

  private static int[] runs(boolean[] set) {
    List<Integer> runs = new ArrayList<>();
    for (int cell = 0; cell <= set.length; cell++) {
      boolean in = cell < set.length && set[cell];
      if (in != (runs.size() % 2 == 1)) {
        runs.add(cell);
      }
    }
    return runs.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The variance of the tree over the cube. */
  public double variance() {
    return variance;
  }

  /** The part of the variance that an axis alone explains. */
  public double variance(int axis) {
    return variances[axis];
  }

  /** The part of the variance that two axes explain together and neither alone. */
  public double variance(int one, int other) {
    double both = spread(surface(one, other), ends[one], ends[other]);
    return Math.max(0, both - variances[one] - variances[other]);
  }

  /** The marginal of one axis at places on it. */
  public double[] at(int axis, double[] places) {
    double[] curve = curve(axis);
    return Arrays.stream(places).map(place -> curve[cell(axis, place)]).toArray();
  }

  /** The marginal of two axes at places on them. */
  public double[][] at(int one, int other, double[] places, double[] otherPlaces) {
    double[][] surface = surface(one, other);
    double[][] values = new double[places.length][otherPlaces.length];
    for (int i = 0; i < places.length; i++) {
      for (int j = 0; j < otherPlaces.length; j++) {
        values[i][j] = surface[cell(one, places[i])][cell(other, otherPlaces[j])];
      }
    }
    return values;
  }

  private int cell(int axis, double place) {
    int found = Arrays.binarySearch(ends[axis], place);
    return Math.min(ends[axis].length - 2, found >= 0 ? found : -found - 2);
  }

  private double[] curve(int axis) {
    double[] curve = new double[ends[axis].length];
    for (Leaf leaf : leaves) {
      double share = leaf.value() * leaf.volume() / leaf.widths()[axis];
      int[] runs = leaf.runs()[axis];
      for (int i = 0; i < runs.length; i += 2) {
        curve[runs[i]] += share;
        curve[runs[i + 1]] -= share;
      }
    }
    for (int i = 1; i < curve.length; i++) {
      curve[i] += curve[i - 1];
    }
    return Arrays.copyOf(curve, curve.length - 1);
  }

  private double[][] surface(int one, int other) {
    double[][] sums = new double[ends[one].length][ends[other].length];
    for (Leaf leaf : leaves) {
      double share = leaf.value() * leaf.volume() / (leaf.widths()[one] * leaf.widths()[other]);
      int[] runs = leaf.runs()[one];
      int[] others = leaf.runs()[other];
      for (int i = 0; i < runs.length; i++) {
        for (int j = 0; j < others.length; j++) {
          sums[runs[i]][others[j]] += (i + j) % 2 == 0 ? share : -share;
        }
      }
    }
    double[][] surface = new double[ends[one].length - 1][ends[other].length - 1];
    for (int i = 0; i < surface.length; i++) {
      double row = 0;
      for (int j = 0; j < surface[i].length; j++) {
        row += sums[i][j];
        surface[i][j] = row + (i == 0 ? 0 : surface[i - 1][j]);
      }
    }
    return surface;
  }

  private double spread(double[][] surface, double[] rows, double[] columns) {
    double sum = 0;
    for (int i = 0; i < surface.length; i++) {
      for (int j = 0; j < surface[i].length; j++) {
        double off = surface[i][j] - mean;
        sum += (rows[i + 1] - rows[i]) * (columns[j + 1] - columns[j]) * off * off;
      }
    }
    return sum;
  }
}
