package org.fettle.search.suggest.tpe;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.fettle.search.space.Parameter;

/** The parameters that conditions ask for: their values say which others are active. */
final class Options {

  private final List<Dimension> dimensions;
  private final boolean[] parents;

  Options(List<Dimension> dimensions) {
    this.dimensions = dimensions;
    Set<String> names = new HashSet<>();
    for (Dimension dimension : dimensions) {
      names.addAll(dimension.parameter().condition().parents());
    }
    parents = new boolean[dimensions.size()];
    for (int i = 0; i < parents.length; i++) {
      parents[i] = names.contains(dimensions.get(i).parameter().name());
    }
  }

  /** Whether there is a condition at all. */
  boolean any() {
    return IntStream.range(0, parents.length).anyMatch(i -> parents[i]);
  }

  /** The options' values at a point, by name. */
  Map<String, Object> values(double[] point) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < parents.length; i++) {
      if (!Double.isNaN(point[i])) {
        note(i, point[i], values);
      }
    }
    return values;
  }

  /** Adds the value that a dimension has, if it is an option. */
  void note(int dimension, double unit, Map<String, Object> values) {
    if (parents[dimension]) {
      Parameter parameter = dimensions.get(dimension).parameter();
      values.put(parameter.name(), parameter.fromUnit(unit));
    }
  }

  /** A point of random options; all else is NaN. */
  double[] drawn(RandomGenerator random) {
    double[] point = new double[parents.length];
    Arrays.fill(point, Double.NaN);
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < parents.length; i++) {
      if (parents[i] && dimensions.get(i).parameter().condition().holds(values)) {
        point[i] = random.nextDouble();
        note(i, point[i], values);
      }
    }
    return point;
  }

  /** How many parameters beyond the options of a point are active. */
  int parameters(double[] point) {
    Map<String, Object> values = values(point);
    return (int)
        IntStream.range(0, parents.length)
            .filter(i -> !parents[i] && dimensions.get(i).parameter().condition().holds(values))
            .count();
  }

  /** The rows with a point's options; those without cells may have any value. */
  int[] rowsLike(double[] point, TrialTable table) {
    return IntStream.range(0, table.size())
        .filter(
            row -> IntStream.range(0, parents.length).allMatch(i -> same(i, point[i], row, table)))
        .toArray();
  }

  private boolean same(int i, double unit, int row, TrialTable table) {
    if (!parents[i]) {
      return true;
    }
    double other = table.value(i, row);
    if (Double.isNaN(unit) || Double.isNaN(other)) {
      return Double.isNaN(unit) && Double.isNaN(other);
    }
    Dimension dimension = dimensions.get(i);
    return dimension.cells() == 0 || dimension.cell(unit) == dimension.cell(other);
  }
}
