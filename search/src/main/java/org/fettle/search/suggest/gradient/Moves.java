package org.fettle.search.suggest.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.space.UnitCube;

/** Which coordinates of a point can move a little, and which can but jump. */
final class Moves {

  private final List<Parameter> parameters;
  private final UnitCube cube;
  private final double difference;

  /**
   * The moves of a space.
   *
   * @param difference a number with values no wider than this apart moves; others jump
   */
  Moves(SearchSpace space, double difference) {
    this.parameters = space.parameters();
    this.cube = new UnitCube(space);
    this.difference = difference;
  }

  /** The coordinates that move; inactive ones do not. */
  int[] axes(double[] point) {
    boolean[] active = active(point);
    return IntStream.range(0, point.length)
        .filter(i -> active[i] && moves(parameters.get(i)))
        .toArray();
  }

  /** The points with another choice, or the next smaller or greater of a few numbers. */
  List<double[]> jumps(double[] point) {
    boolean[] active = active(point);
    List<double[]> jumps = new ArrayList<>();
    for (int i = 0; i < point.length; i++) {
      Parameter parameter = parameters.get(i);
      if (active[i] && !moves(parameter)) {
        int values = (int) parameter.cardinality().orElse(1);
        int here = Math.min(values - 1, (int) (point[i] * values));
        for (int value = 0; value < values; value++) {
          boolean near = parameter instanceof CategoricalParameter || Math.abs(value - here) == 1;
          if (value != here && near) {
            double[] jump = point.clone();
            jump[i] = (value + 0.5) / values;
            jumps.add(jump);
          }
        }
      }
    }
    return jumps;
  }

  private boolean moves(Parameter parameter) {
    return !(parameter instanceof CategoricalParameter)
        && parameter.cardinality().orElse(Long.MAX_VALUE) * difference >= 1;
  }

  private boolean[] active(double[] point) {
    double[] encoded = cube.encode(cube.decode(point));
    boolean[] active = new boolean[encoded.length];
    for (int i = 0; i < encoded.length; i++) {
      active[i] = !Double.isNaN(encoded[i]);
    }
    return active;
  }
}
