package org.fettle.search.numeric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A random forest over the unit cube: regression trees, each grown to the end on as many rows as
 * there are, drawn with replacement. Equal arguments give equal forests.
 *
 * <p>L. Breiman, <i>Random Forests</i>, Machine Learning 45, 2001, doi:10.1023/A:1010933404324.
 */
public final class RegressionForest {

  private final ForestAxis[] axes;
  private final List<RegressionTree> trees;

  private RegressionForest(ForestAxis[] axes, List<RegressionTree> trees) {
    this.axes = axes;
    this.trees = trees;
  }

  /**
   * Grows a forest.
   *
   * @param rows at least one place in the unit cube, a coordinate for each axis
   * @param outputs one for each row; finite, and so are their squares' sums
   */
  public static RegressionForest grow(
      List<ForestAxis> axes, double[][] rows, double[] outputs, int trees, long seed) {
    if (rows.length == 0 || rows.length != outputs.length) {
      throw new IllegalArgumentException(
          "Rows must be as many as outputs and at least one, but were %d and %d"
              .formatted(rows.length, outputs.length));
    }
    ForestAxis[] all = axes.toArray(ForestAxis[]::new);
    int[][] sorted = new int[all.length][];
    for (int i = 0; i < all.length; i++) {
      int axis = i;
      sorted[i] =
          IntStream.range(0, rows.length)
              .boxed()
              .sorted(Comparator.comparingDouble(row -> rows[row][axis]))
              .mapToInt(Integer::intValue)
              .toArray();
    }
    RegressionTree[] grown = new RegressionTree[trees];
    Arrays.setAll(
        grown,
        tree -> {
          RandomGenerator random = Seeds.generator(seed, tree, "forest");
          int[] counts = new int[rows.length];
          for (int i = 0; i < rows.length; i++) {
            counts[random.nextInt(rows.length)]++;
          }
          return RegressionTree.grow(all, rows, outputs, sorted, counts);
        });
    return new RegressionForest(all, List.of(grown));
  }

  /** The mean of the trees' outputs at a place. */
  public double predict(double[] place) {
    double sum = 0;
    for (RegressionTree tree : trees) {
      sum += tree.predict(place);
    }
    return sum / trees.size();
  }

  /** The marginals of each tree. */
  public List<TreeMarginals> marginals() {
    return trees.stream().map(tree -> new TreeMarginals(axes, tree)).toList();
  }
}
