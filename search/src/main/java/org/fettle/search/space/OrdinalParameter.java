package org.fettle.search.space;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One of several values in an order that matters, such as batch sizes 32, 64, 128: neighbours in
 * the list are alike, their distances are equal.
 */
public record OrdinalParameter(
    String name, List<Object> choices, Optional<Object> defaultValue, Condition condition)
    implements Parameter {

  public OrdinalParameter {
    requireNonNull(condition, "condition is null");
    choices = Choices.check(name, choices);
    defaultValue = defaultValue.map(Values::canonical);
    if (defaultValue.isPresent()) {
      new OrdinalParameter(name, choices, Optional.empty(), condition).check(defaultValue.get());
    }
  }

  public static OrdinalParameter of(String name, Object... choices) {
    return new OrdinalParameter(name, List.of(choices), Optional.empty(), Condition.always());
  }

  /** The same parameter with a default value. */
  public OrdinalParameter withDefault(Object value) {
    return new OrdinalParameter(name, choices, Optional.of(value), condition);
  }

  @Override
  public OrdinalParameter when(Condition other) {
    return new OrdinalParameter(name, choices, defaultValue, condition.and(other));
  }

  @Override
  public OptionalLong cardinality() {
    return OptionalLong.of(choices.size());
  }

  @Override
  public boolean contains(Object value) {
    return choices.contains(value);
  }

  @Override
  public double toUnit(Object value) {
    check(value);
    return Units.middle(choices.indexOf(value), choices.size());
  }

  @Override
  public Object fromUnit(double unit) {
    return value(Units.cell(name, unit, choices.size()));
  }

  @Override
  public Object value(long index) {
    return choices.get(Math.toIntExact(index));
  }

  @Override
  public long index(Object value) {
    check(value);
    return choices.indexOf(value);
  }

  @Override
  public String summary() {
    return "one of, in order, " + choices;
  }
}
