package org.fettle.search.space;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A whole number from {@code low} to {@code high}, both included.
 *
 * @param step only {@code low + k·step} are values; the last is the greatest that does not pass
 *     {@code high}. Must be 1 on a log scale, where each value's cell reaches half a unit to either
 *     side
 */
public record IntegerParameter(
    String name,
    long low,
    long high,
    Scale scale,
    long step,
    Optional<Object> defaultValue,
    Condition condition)
    implements Parameter {

  /** Logarithms in double precision tell whole numbers apart up to here, with bits to spare. */
  private static final long LIMIT = 1L << 44;

  public IntegerParameter {
    Names.check(name);
    requireNonNull(scale, "scale is null");
    requireNonNull(condition, "condition is null");
    if (low > high) {
      throw new IllegalArgumentException(
          "Low bound of "
              + name
              + " must not exceed the high bound, but was "
              + low
              + " > "
              + high);
    }
    if (Math.abs((double) low) > LIMIT || Math.abs((double) high) > LIMIT) {
      throw new IllegalArgumentException(
          "Bounds of " + name + " must be within ±2^44, but were " + low + " and " + high);
    }
    if (step < 1) {
      throw new IllegalArgumentException("Step of " + name + " must be positive, but was " + step);
    }
    if (scale == Scale.LOG && low < 1) {
      throw new IllegalArgumentException(
          "Low bound of " + name + " must be positive on a log scale, but was " + low);
    }
    if (scale == Scale.LOG && step != 1) {
      throw new IllegalArgumentException(
          "Step of " + name + " cannot be combined with a log scale, but was " + step);
    }
    defaultValue = defaultValue.map(Values::canonical);
    if (defaultValue.isPresent()) {
      new IntegerParameter(name, low, high, scale, step, Optional.empty(), condition)
          .check(defaultValue.get());
    }
  }

  public static IntegerParameter of(String name, long low, long high, Scale scale) {
    return new IntegerParameter(name, low, high, scale, 1, Optional.empty(), Condition.always());
  }

  /** A parameter with the values {@code low}, {@code low + step}, … up to {@code high}. */
  public static IntegerParameter stepped(String name, long low, long high, long step) {
    return new IntegerParameter(
        name, low, high, Scale.LINEAR, step, Optional.empty(), Condition.always());
  }

  /** The same parameter with a default value. */
  public IntegerParameter withDefault(long value) {
    return new IntegerParameter(name, low, high, scale, step, Optional.of(value), condition);
  }

  @Override
  public IntegerParameter when(Condition other) {
    return new IntegerParameter(name, low, high, scale, step, defaultValue, condition.and(other));
  }

  @Override
  public OptionalLong cardinality() {
    return OptionalLong.of(count());
  }

  private long count() {
    return (high - low) / step + 1;
  }

  @Override
  public boolean contains(Object value) {
    return value instanceof Long number
        && number >= low
        && number <= high
        && (number - low) % step == 0;
  }

  @Override
  public double toUnit(Object value) {
    long index = index(value);
    if (scale == Scale.LINEAR || count() == 1) {
      return Units.middle(index, count());
    }
    double from = scale.forward(low - 0.5);
    return (scale.forward((double) (Long) value) - from) / (scale.forward(high + 0.5) - from);
  }

  @Override
  public Long fromUnit(double unit) {
    if (scale == Scale.LINEAR || count() == 1) {
      return value(Units.cell(name, unit, count()));
    }
    double from = scale.forward(low - 0.5);
    double to = scale.forward(high + 0.5);
    double place = Units.clamp(name, unit);
    long number = Math.round(scale.backward(from + place * (to - from)));
    return Math.max(low, Math.min(high, number));
  }

  @Override
  public Long value(long index) {
    return low + step * Objects.checkIndex(index, count());
  }

  @Override
  public long index(Object value) {
    check(value);
    return ((Long) value - low) / step;
  }

  @Override
  public String summary() {
    return "int from "
        + low
        + " to "
        + high
        + (scale == Scale.LOG ? ", log" : "")
        + (step > 1 ? ", step " + step : "");
  }
}
