package org.fettle.search.space;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
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
  }

  private static void checkStep(String name, double low, double high, Scale scale, double step) {
    if (!(step > 0) || !Double.isFinite(step)) {
      throw new IllegalArgumentException("Step of " + name + " must be positive, but was " + step);
    }
    if (scale == Scale.LOG) {
      throw new IllegalArgumentException(
          "Step of " + name + " cannot be combined with a log scale, but was " + step);
    }
    if ((high - low) / step > 1L << 52) {
      throw new IllegalArgumentException(
          "Step of " + name + " must leave at most 2^52 values, but was " + step);
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
    DoubleParameter changed =
        new DoubleParameter(name, low, high, scale, step, Optional.of(value), condition);
    changed.check(value);
    return changed;
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
      return (nearest(number) + 0.5) / (steps() + 1);
    }
    double from = scale.forward(low);
    double unit = clamp((scale.forward(number) - from) / (scale.forward(high) - from), 0, 1);
    return exact(unit, number);
  }

  /** Rounding may land a few units in the last place beside the u that gives the value back. */
  private double exact(double unit, double number) {
    double below = unit;
    double above = unit;
    for (int i = 0; i < 64; i++) {
      if (continuous(below) == number) {
        return below;
      }
      if (continuous(above) == number) {
        return above;
      }
      below = Math.max(0, Math.nextDown(below));
      above = Math.min(1, Math.nextUp(above));
    }
    return unit;
  }

  @Override
  public Double fromUnit(double unit) {
    if (low == high) {
      return low;
    }
    if (step.isPresent()) {
      long count = steps() + 1;
      return at(Math.min(count - 1, (long) (unit * count)));
    }
    return continuous(unit);
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
