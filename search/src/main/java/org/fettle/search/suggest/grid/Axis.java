package org.fettle.search.suggest.grid;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Parameter;

/** The grid values of one parameter, in ascending order. */
sealed interface Axis {

  long size();

  Object value(long index);

  /** The index of a value that {@link #value} gave. */
  long index(Object value);

  static Axis of(Parameter parameter, int points) {
    OptionalLong cardinality = parameter.cardinality();
    boolean few = cardinality.isPresent() && cardinality.getAsLong() <= points;
    boolean unstepped = parameter instanceof IntegerParameter integer && integer.step() == 1;
    return cardinality.isEmpty() || (unstepped && !few)
        ? new Spread(spread(parameter, points))
        : new All(parameter, cardinality.getAsLong());
  }

  /** Evenly spaced on the parameter's scale; whole numbers may coincide after rounding. */
  private static List<Object> spread(Parameter parameter, int points) {
    return IntStream.range(0, points)
        .mapToObj(i -> parameter.fromUnit(points == 1 ? 0.5 : (double) i / (points - 1)))
        .distinct()
        .toList();
  }

  /** A few values, written out. */
  record Spread(List<Object> values) implements Axis {
    @Override
    public long size() {
      return values.size();
    }

    @Override
    public Object value(long index) {
      return values.get(Math.toIntExact(index));
    }

    @Override
    public long index(Object value) {
      return values.indexOf(value);
    }
  }

  /** All values of a parameter, never written out. */
  record All(Parameter parameter, long size) implements Axis {
    @Override
    public Object value(long index) {
      return parameter.value(index);
    }

    @Override
    public long index(Object value) {
      return parameter.index(value);
    }
  }
}
