package org.fettle.search.numeric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A regression tree over the unit cube (CART): each split lowers the squared error the most, and
 * leaves hold the mean of their rows. Choices without an order are split into two sets, which the
 * order of their means gives (W. D. Fisher, 1958).
 *
 * <p>The rows stay sorted along each axis while they are dealt out, so that a level of the tree
 * costs one pass over rows and axes.
 */
final class RegressionTree {

  /** Told of each leaf's box: from the lower to the upper end, or the set of choices, per axis. */
  interface LeafVisitor {
    void leaf(double value, double[] low, double[] high, boolean[][] sets);
  }

  private static final int MOST_DEPTH = 64;

  /** A split or a leaf; a leaf has no children. */
  private static final class Node {
    double value;
    int axis;
    double threshold;
    boolean[] left = {};
    Node[] children = {};
  }

  private final ForestAxis[] axes;
  private final Node root = new Node();

  private RegressionTree(ForestAxis[] axes) {
    this.axes = axes;
  }

  /**
   * Grows a tree until its leaves are pure.
   *
   * @param sorted the numbers of all rows along each axis, ascending
   * @param counts how often each row counts; 0 leaves it out
   */
  static RegressionTree grow(
      ForestAxis[] axes, double[][] rows, double[] outputs, int[][] sorted, int[] counts) {
    RegressionTree tree = new RegressionTree(axes);
    int[][] orders = new int[Math.max(1, axes.length)][];
    for (int axis = 0; axis < axes.length; axis++) {
      orders[axis] = Arrays.stream(sorted[axis]).filter(row -> counts[row] > 0).toArray();
    }
    if (axes.length == 0) {
      orders[0] = IntStream.range(0, rows.length).filter(row -> counts[row] > 0).toArray();
    }
    tree.new Growth(rows, outputs, orders, counts).grow(tree.root, 0, orders[0].length, 0);
    return tree;
  }

  double predict(double[] row) {
    Node node = root;
    while (node.children.length > 0) {
      node = node.children[goesLeft(node, row[node.axis]) ? 0 : 1];
    }
    return node.value;
  }

  private boolean goesLeft(Node node, double place) {
    ForestAxis axis = axes[node.axis];
    return axis.ordered() ? place < node.threshold : node.left[axis.cell(place)];
  }

  void visit(LeafVisitor visitor) {
    double[] low = new double[axes.length];
    double[] high = new double[axes.length];
    Arrays.fill(high, 1);
    boolean[][] sets = new boolean[axes.length][];
    for (int axis = 0; axis < axes.length; axis++) {
      sets[axis] = new boolean[axes[axis].ordered() ? 0 : axes[axis].cells()];
      Arrays.fill(sets[axis], true);
    }
    visit(root, visitor, low, high, sets);
  }

  private void visit(
      Node node, LeafVisitor visitor, double[] low, double[] high, boolean[][] sets) {
    if (node.children.length == 0) {
      visitor.leaf(node.value, low, high, sets);
      return;
    }
    int axis = node.axis;
    if (axes[axis].ordered()) {
      double end = high[axis];
      high[axis] = node.threshold;
      visit(node.children[0], visitor, low, high, sets);
      high[axis] = end;
      double start = low[axis];
      low[axis] = node.threshold;
      visit(node.children[1], visitor, low, high, sets);
      low[axis] = start;
      return;
    }
    boolean[] all = sets[axis];
    for (int side = 0; side < 2; side++) {
      sets[axis] = new boolean[all.length];
      for (int cell = 0; cell < all.length; cell++) {
        sets[axis][cell] = all[cell] && node.left[cell] == (side == 0);
      }
      visit(node.children[side], visitor, low, high, sets);
    }
    sets[axis] = all;
  }

  /** The rows while they are dealt out: a node holds the same range of every axis' order. */
  private final class Growth {
    private final double[][] rows;
    private final double[] outputs;
    private final int[][] orders;
    private final int[] counts;
    private final boolean[] left;
    private final int[] spare;
    private double best;

    Growth(double[][] rows, double[] outputs, int[][] orders, int[] counts) {
      this.rows = rows;
      this.outputs = outputs;
      this.orders = orders;
      this.counts = counts;
      this.left = new boolean[rows.length];
      this.spare = new int[rows.length];
    }

    void grow(Node node, int from, int to, int depth) {
      double weight = 0;
      double sum = 0;
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        int row = orders[0][i];
        weight += counts[row];
        sum += counts[row] * outputs[row];
        least = Math.min(least, outputs[row]);
        most = Math.max(most, outputs[row]);
      }
      node.value = sum / weight;
      if (depth == MOST_DEPTH || least == most) {
        return;
      }
      best = sum * sum / weight;
      node.axis = -1;
      for (int axis = 0; axis < axes.length; axis++) {
        if (axes[axis].ordered()) {
          splitOrdered(node, axis, from, to, weight, sum);
        } else {
          splitChoices(node, axis, from, to, weight, sum);
        }
      }
      if (node.axis < 0) {
        return;
      }
      int middle = deal(node, from, to);
      node.children = new Node[] {new Node(), new Node()};
      grow(node.children[0], from, middle, depth + 1);
      grow(node.children[1], middle, to, depth + 1);
    }

    private void splitOrdered(Node node, int axis, int from, int to, double weight, double sum) {
      int[] order = orders[axis];
      double lower = 0;
      double lowerSum = 0;
      for (int i = from; i + 1 < to; i++) {
        int row = order[i];
        lower += counts[row];
        lowerSum += counts[row] * outputs[row];
        double here = rows[row][axis];
        double next = rows[order[i + 1]][axis];
        if (here < next && improves(lower, lowerSum, weight, sum)) {
          node.axis = axis;
          node.threshold = axes[axis].between(here, next);
        }
      }
    }

    private void splitChoices(Node node, int axis, int from, int to, double weight, double sum) {
      int cells = axes[axis].cells();
      double[] weights = new double[cells];
      double[] sums = new double[cells];
      for (int i = from; i < to; i++) {
        int row = orders[axis][i];
        int cell = axes[axis].cell(rows[row][axis]);
        weights[cell] += counts[row];
        sums[cell] += counts[row] * outputs[row];
      }
      int[] ranked =
          IntStream.range(0, cells)
              .filter(cell -> weights[cell] > 0)
              .boxed()
              .sorted(Comparator.comparingDouble(cell -> sums[cell] / weights[cell]))
              .mapToInt(Integer::intValue)
              .toArray();
      double lower = 0;
      double lowerSum = 0;
      for (int i = 0; i + 1 < ranked.length; i++) {
        lower += weights[ranked[i]];
        lowerSum += sums[ranked[i]];
        if (improves(lower, lowerSum, weight, sum)) {
          node.axis = axis;
          // A choice that no row here has goes with the larger part.
          node.left = new boolean[cells];
          for (int cell = 0; cell < cells; cell++) {
            node.left[cell] = weights[cell] == 0 && 2 * lower >= weight;
          }
          for (int k = 0; k <= i; k++) {
            node.left[ranked[k]] = true;
          }
        }
      }
    }

    private boolean improves(double lower, double lowerSum, double weight, double sum) {
      double upper = weight - lower;
      double upperSum = sum - lowerSum;
      double score = lowerSum * lowerSum / lower + upperSum * upperSum / upper;
      if (score > best) {
        best = score;
        return true;
      }
      return false;
    }

    private int deal(Node node, int from, int to) {
      int middle = from;
      for (int i = from; i < to; i++) {
        int row = orders[0][i];
        left[row] = goesLeft(node, rows[row][node.axis]);
        middle += left[row] ? 1 : 0;
      }
      for (int[] order : orders) {
        int lower = from;
        int upper = 0;
        for (int i = from; i < to; i++) {
          if (left[order[i]]) {
            order[lower++] = order[i];
          } else {
            spare[upper++] = order[i];
          }
        }
        System.arraycopy(spare, 0, order, lower, upper);
      }
      return middle;
    }
  }
}
