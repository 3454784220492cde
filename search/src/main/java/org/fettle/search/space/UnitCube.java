package org.fettle.search.space;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A search space as [0, 1]^d, one dimension a parameter, in the order of the space. The dimension
 * of an inactive parameter is NaN on the way in and ignored on the way out.
 */
public final class UnitCube {

  private final SearchSpace space;

  public UnitCube(SearchSpace space) {
    this.space = space;
  }

  public int dimensions() {
    return space.parameters().size();
  }

  /**
   * Returns the point of an assignment; inactive dimensions are NaN.
   *
   * @throws IllegalArgumentException if a value is not its parameter's
   */
  public double[] encode(Assignment assignment) {
    double[] point = new double[dimensions()];
    Arrays.fill(point, Double.NaN);
    for (int i = 0; i < point.length; i++) {
      Parameter parameter = space.parameters().get(i);
      Object value = assignment.values().get(parameter.name());
      if (value != null) {
        point[i] = parameter.toUnit(value);
      }
    }
    return point;
  }

  /**
   * Returns the assignment of a point. {@code decode(encode(a))} is {@code a} for every assignment
   * that {@code decode} returned and for every assignment of discrete values.
   */
  public Assignment decode(double[] point) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < point.length; i++) {
      Parameter parameter = space.parameters().get(i);
      if (parameter.condition().holds(values)) {
        values.put(parameter.name(), parameter.fromUnit(point[i]));
      }
    }
    return new Assignment(values);
  }
}
