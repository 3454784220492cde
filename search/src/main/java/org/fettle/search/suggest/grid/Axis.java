package org.fettle.search.suggest.grid;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.Scale;

/** The grid values of one parameter, in ascending order. */
sealed interface Axis {

  long size();

  Object value(long index);

  /** The index of a value that {@link #value} gave. */
  long index(Object value);

  static Axis of(Parameter parameter, int points) {
    OptionalLong cardinality = parameter.cardinality();
    if (cardinality.isEmpty()) {
      return new Listed(spread(parameter, points));
    }
    if (parameter instanceof IntegerParameter integer && integer.step() == 1) {
      if (cardinality.getAsLong() > points) {
        return new Listed(spread(parameter, points));
      }
      if (integer.scale() == Scale.LOG) {
        LongStream all = LongStream.rangeClosed(integer.low(), integer.high());
        return new Listed(all.<Object>mapToObj(Long::valueOf).toList());
      }
    }
    return new Cells(parameter, cardinality.getAsLong());
  }

  /** Evenly spaced on the parameter's scale; whole numbers may coincide after rounding. */
  private static List<Object> spread(Parameter parameter, int points) {
    return IntStream.range(0, points)
        .mapToObj(i -> parameter.fromUnit(points == 1 ? 0.5 : (double) i / (points - 1)))
        .distinct()
        .toList();
  }

  /** A few values, written out. */
  record Listed(List<Object> values) implements Axis {
    @Override
    public long size() {
      return values.size();
    }

    @Override
    public Object value(long index) {
      return values.get((int) index);
    }

    @Override
    public long index(Object value) {
      return values.indexOf(value);
    }
  }

  /** All values of a parameter whose values cut the unit interval into equal cells. */
  record Cells(Parameter parameter, long size) implements Axis {
    @Override
    public Object value(long index) {
      return parameter.fromUnit((index + 0.5) / size);
    }

    @Override
    public long index(Object value) {
      return (long) (parameter.toUnit(value) * size);
    }
  }
}
