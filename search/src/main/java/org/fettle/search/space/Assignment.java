package org.fettle.search.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A value for each active parameter, in the order of the search space. Values are {@code Double},
 * {@code Long}, {@code Boolean} or {@code String}; {@code Integer} and {@code Float} are widened.
 */
public record Assignment(Map<String, Object> values) {

  public Assignment {
    Map<String, Object> copy = new LinkedHashMap<>();
    values.forEach((name, value) -> copy.put(name, Values.canonical(value)));
    values = Collections.unmodifiableMap(copy);
  }

  /** An assignment of alternating names and values. */
  public static Assignment of(Object... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "Names and values must come in pairs, but there were " + namesAndValues.length);
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Assignment(values);
  }

  public Optional<Object> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The value of a numeric parameter. */
  public double number(String name) {
    return numeric(name, Number.class).doubleValue();
  }

  /** The value of an integer parameter. */
  public long integer(String name) {
    return numeric(name, Long.class);
  }

  private <N extends Number> N numeric(String name, Class<N> kind) {
    Object value = active(name);
    if (!kind.isInstance(value)) {
      throw new IllegalArgumentException(
          "Parameter %s must be %s here, but was %s"
              .formatted(name, kind == Long.class ? "a whole number" : "a number", value));
    }
    return kind.cast(value);
  }

  /** The value of a parameter that is true or false. */
  public boolean flag(String name) {
    Object value = active(name);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw new IllegalArgumentException(
        "Parameter " + name + " must be true or false here, but was " + value);
  }

  /** The value of a parameter as text. */
  public String text(String name) {
    return active(name).toString();
  }

  private Object active(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "Parameter " + name + " has no value here; active: " + values.keySet());
    }
    return value;
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
