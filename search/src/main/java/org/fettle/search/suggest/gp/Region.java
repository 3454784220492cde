package org.fettle.search.suggest.gp;

import java.util.Arrays;

/**
 * A box in the unit cube to which a search keeps, in the dimensions in which it may move by
 * gradient.
 *
 * @param low its lower corner
 * @param high its upper corner
 */
@SuppressWarnings("ArrayRecordComponent") // shared inside the package, never changed
record Region(double[] low, double[] high) {

  private static final double LEAST_ASPECT = 0.25;
  private static final double MOST_ASPECT = 4;

  static Region whole(int dimensions) {
    double[] high = new double[dimensions];
    Arrays.fill(high, 1);
    return new Region(new double[dimensions], high);
  }

  /**
   * The part of the cube around a point, longer where the model's length scale is longer.
   *
   * @param point NaN in inactive dimensions, which stay free, as do categorical ones
   * @param side the geometric mean of the sides
   */
  static Region around(double[] point, double side, double[] lengthScales, Encoding encoding) {
    Region region = whole(point.length);
    double log = 0;
    for (int i : encoding.varying()) {
      log += StrictMath.log(lengthScales[i]) / encoding.varying().size();
    }
    double typical = StrictMath.exp(log);
    for (int i = 0; i < point.length; i++) {
      if (!Double.isNaN(point[i]) && !encoding.categorical(i)) {
        double aspect = Math.max(LEAST_ASPECT, Math.min(MOST_ASPECT, lengthScales[i] / typical));
        region.low[i] = Math.max(0, point[i] - 0.5 * side * aspect);
        region.high[i] = Math.min(1, point[i] + 0.5 * side * aspect);
      }
    }
    return region;
  }

  /** The part of the cube in which the options are those of an assignment. */
  static Region of(Branch branch) {
    Region region = whole(branch.point().length);
    for (int i : branch.encoding().options()) {
      if (!Double.isNaN(branch.point()[i])) {
        region.low[i] = branch.point()[i];
        region.high[i] = branch.point()[i];
      }
    }
    return region;
  }

  boolean open(int dimension) {
    return low[dimension] < high[dimension];
  }

  double clipped(int dimension, double place) {
    return Math.max(low[dimension], Math.min(high[dimension], place));
  }

  /** The place at a share of the way from the lower to the upper side. */
  double at(int dimension, double share) {
    return low[dimension] + share * (high[dimension] - low[dimension]);
  }
}
