package org.fettle.search.suggest.tpe;

import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Condition;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.Scale;

/**
 * One parameter as the model sees it: on the unit interval, cut into cells where the parameter has
 * few values.
 */
final class Dimension {

  /** Beyond, a kernel is all but flat over a cell, and its height in the middle will do. */
  static final int MOST_CELLS = 16;

  private static final double[] NO_CELLS = {};

  private final Parameter parameter;

  /** The ends of the cells, one more than there are cells; empty without cells. */
  private final double[] ends;

  Dimension(Parameter parameter) {
    this.parameter = parameter;
    long values = parameter.cardinality().orElse(Long.MAX_VALUE);
    boolean cut = values <= MOST_CELLS || parameter instanceof CategoricalParameter;
    ends = cut ? ends(parameter, (int) values) : NO_CELLS;
  }

  private static double[] ends(Parameter parameter, int cells) {
    double[] ends = new double[cells + 1];
    ends[cells] = 1;
    if (parameter instanceof IntegerParameter integer && integer.scale() == Scale.LOG) {
      double from = StrictMath.log(integer.low() - 0.5);
      double range = StrictMath.log(integer.high() + 0.5) - from;
      for (int i = 1; i < cells; i++) {
        ends[i] = (StrictMath.log(integer.low() + i - 0.5) - from) / range;
      }
      return ends;
    }
    for (int i = 1; i < cells; i++) {
      ends[i] = (double) i / cells;
    }
    return ends;
  }

  Parameter parameter() {
    return parameter;
  }

  /** Whether some trials have no value of it. */
  boolean conditional() {
    return !parameter.condition().equals(Condition.always());
  }

  /** Whether the parameter's values have no order. */
  boolean categorical() {
    return parameter instanceof CategoricalParameter;
  }

  /** How many cells there are; 0 if the parameter is modelled as continuous. */
  int cells() {
    return Math.max(0, ends.length - 1);
  }

  double from(int cell) {
    return ends[cell];
  }

  double to(int cell) {
    return ends[cell + 1];
  }

  double width(int cell) {
    return to(cell) - from(cell);
  }

  double middle(int cell) {
    return (from(cell) + to(cell)) / 2;
  }

  int cell(double unit) {
    int last = cells() - 1;
    int cell = Math.min(last, (int) (unit * (last + 1)));
    while (unit < from(cell)) {
      cell--;
    }
    while (cell < last && unit >= to(cell)) {
      cell++;
    }
    return cell;
  }

  /** The narrowest kernel that does not fall between two values. */
  double narrowest() {
    return 0.5 / parameter.cardinality().orElse(1L << 52);
  }
}
