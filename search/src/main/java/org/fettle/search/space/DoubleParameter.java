package org.fettle.search.space;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A real number from {@code low} to {@code high}, both included.
 *
 * @param step if present, only {@code low + k·step} are values, computed in decimal so that 0.3 is
 *     0.3; the last value is the greatest that does not pass {@code high}. Not with a log scale
 */
public record DoubleParameter(
    String name,
    double low,
    double high,
    Scale scale,
    OptionalDouble step,
    Optional<Object> defaultValue,
    Condition condition)
    implements Parameter {

  public DoubleParameter {
    Names.check(name);
    requireNonNull(scale, "scale is null");
    requireNonNull(condition, "condition is null");
    if (!Double.isFinite(low) || !Double.isFinite(high)) {
      throw new IllegalArgumentException(
          "Bounds of " + name + " must be finite, but were " + low + " and " + high);
    }
    if (low > high) {
      throw new IllegalArgumentException(
          "Low bound of "
              + name
              + " must not exceed the high bound, but was "
              + low
              + " > "
              + high);
    }
    if (!Double.isFinite(high - low)) {
      throw new IllegalArgumentException(
          "Range of " + name + " must be finite, but was " + low + " to " + high);
    }
    if (scale == Scale.LOG && low <= 0) {
      throw new IllegalArgumentException(
          "Low bound of " + name + " must be positive on a log scale, but was " + low);
    }
    if (step.isPresent()) {
      checkStep(name, low, high, scale, step.getAsDouble());
    }
    defaultValue = defaultValue.map(Values::canonical).map(DoubleParameter::widen);
    low += 0.0;
    high += 0.0;
    if (defaultValue.isPresent()) {
      new DoubleParameter(name, low, high, scale, step, Optional.empty(), condition)
          .check(defaultValue.get());
    }
  }

  private static void checkStep(String name, double low, double high, Scale scale, double step) {
    if (!(step > 0) || !Double.isFinite(step)) {
      throw new IllegalArgumentException("Step of " + name + " must be positive, but was " + step);
    }
    if (scale == Scale.LOG) {
      throw new IllegalArgumentException(
          "Step of " + name + " cannot be combined with a log scale, but was " + step);
    }
    double greatest = Math.max(high - low, Math.max(Math.abs(low), Math.abs(high)));
    if (greatest / step > Units.MOST_CELLS) {
      throw new IllegalArgumentException(
          "Step of " + name + " must be at least " + greatest + " / 2^48, but was " + step);
    }
  }

  /** A continuous parameter. */
  public static DoubleParameter of(String name, double low, double high, Scale scale) {
    return new DoubleParameter(
        name, low, high, scale, OptionalDouble.empty(), Optional.empty(), Condition.always());
  }

  /** A parameter with the values {@code low}, {@code low + step}, … up to {@code high}. */
  public static DoubleParameter stepped(String name, double low, double high, double step) {
    return new DoubleParameter(
        name,
        low,
        high,
        Scale.LINEAR,
        OptionalDouble.of(step),
        Optional.empty(),
        Condition.always());
  }

  /** The same parameter with a default value. */
  public DoubleParameter withDefault(double value) {
    return new DoubleParameter(name, low, high, scale, step, Optional.of(value), condition);
  }

  @Override
  public DoubleParameter when(Condition other) {
    return new DoubleParameter(name, low, high, scale, step, defaultValue, condition.and(other));
  }

  @Override
  public OptionalLong cardinality() {
    if (low == high) {
      return OptionalLong.of(1);
    }
    return step.isPresent() ? OptionalLong.of(steps() + 1) : OptionalLong.empty();
  }

  @Override
  public boolean contains(Object value) {
    if (!(value instanceof Double || value instanceof Long)) {
      return false;
    }
    double number = ((Number) value).doubleValue();
    if (!(number >= low && number <= high)) {
      return false;
    }
    return step.isEmpty() || at(nearest(number)) == number;
  }

  @Override
  public double toUnit(Object value) {
    check(value);
    double number = ((Number) value).doubleValue();
    if (low == high) {
      return 0.5;
    }
    if (step.isPresent()) {
      return Units.middle(nearest(number), steps() + 1);
    }
    double from = scale.forward(low);
    double unit = clamp((scale.forward(number) - from) / (scale.forward(high) - from), 0, 1);
    return continuous(unit) == number ? unit : exact(unit, number);
  }

  /**
   * Rounding may land beside the places that give the value back. They are found by bisection over
   * the bits of [0, 1], whose order is that of the numbers, since {@link #continuous} ascends.
   */
  private double exact(double unit, double number) {
    long below = Double.doubleToRawLongBits(0.0);
    long above = Double.doubleToRawLongBits(1.0);
    while (below <= above) {
      long middle = (below + above) >>> 1;
      double place = Double.longBitsToDouble(middle);
      double value = continuous(place);
      if (value == number) {
        return place;
      }
      if (value < number) {
        below = middle + 1;
      } else {
        above = middle - 1;
      }
    }
    return unit;
  }

  @Override
  public Double fromUnit(double unit) {
    if (low == high) {
      return low;
    }
    if (step.isPresent()) {
      return at(Units.cell(name, unit, steps() + 1));
    }
    return continuous(Units.clamp(name, unit));
  }

  @Override
  public Double value(long index) {
    Objects.checkIndex(index, discrete());
    return step.isPresent() ? at(index) : (Double) low;
  }

  @Override
  public long index(Object value) {
    check(value);
    discrete();
    return step.isPresent() ? nearest(((Number) value).doubleValue()) : 0;
  }

  private long discrete() {
    return cardinality()
        .orElseThrow(
            () ->
                new IllegalStateException("Parameter " + name + " must have a step, but has none"));
  }

  private double continuous(double unit) {
    if (unit <= 0 || unit >= 1) {
      return unit <= 0 ? low : high;
    }
    double from = scale.forward(low);
    double to = scale.forward(high);
    return clamp(scale.backward(from + unit * (to - from)), low, high) + 0.0;
  }

  private long steps() {
    BigDecimal range = BigDecimal.valueOf(high).subtract(BigDecimal.valueOf(low));
    return range.divideToIntegralValue(BigDecimal.valueOf(step.getAsDouble())).longValueExact();
  }

  private long nearest(double number) {
    return Math.max(0, Math.min(steps(), Math.round((number - low) / step.getAsDouble())));
  }

  private double at(long k) {
    return BigDecimal.valueOf(step.getAsDouble())
        .multiply(BigDecimal.valueOf(k))
        .add(BigDecimal.valueOf(low))
        .doubleValue();
  }

  private static double clamp(double value, double low, double high) {
    return Math.max(low, Math.min(high, value));
  }

  private static Object widen(Object value) {
    return value instanceof Long number ? (Object) number.doubleValue() : value;
  }

  @Override
  public String summary() {
    return "float from "
        + low
        + " to "
        + high
        + (scale == Scale.LOG ? ", log" : "")
        + (step.isPresent() ? ", step " + step.getAsDouble() : "");
  }
}
